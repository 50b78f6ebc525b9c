// The app's browser half: bundled with the React that a test names.
import { QueryClient } from '@tanstack/react-query'
import { createRestTransport } from 'polar-billing-kit/rest'
import { hydrateRoot } from 'react-dom/client'
import { Page, type PageState } from './Page.js'

declare global {
  // What the server wrote into the page.
  var STATE: PageState
  /** The markup as it came, and as React left it when it had taken over. */
  var MARKUP: { received: string; hydrated?: string }
  /** Every state that the badge was seen in. */
  var BADGE: string[]
}

const root = document.querySelector('#root') as HTMLElement
globalThis.MARKUP = { received: root.innerHTML }

globalThis.BADGE = []
function watchBadge(): void {
  const state = root.querySelector<HTMLElement>('.billing-badge')?.dataset['state'] ?? 'none'
  if (state !== globalThis.BADGE.at(-1)) globalThis.BADGE.push(state)
}
new MutationObserver(watchBadge).observe(root, { subtree: true, childList: true, attributes: true })
watchBadge()

hydrateRoot(
  root,
  <Page
    queryClient={new QueryClient()}
    transport={createRestTransport()}
    state={globalThis.STATE}
    onCommit={() => (globalThis.MARKUP.hydrated ??= root.innerHTML)}
  />,
  { onRecoverableError: (error) => console.error('recovered from', error) },
)
