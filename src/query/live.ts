import type { BillingChange } from '../contract/changes.js'
import { subscribeTo } from '../transports/events.js'
import type { BillingTransport, ChangeSource, Subscribe } from '../transports/transport.js'
import { keepSubscribed } from './keepSubscribed.js'
import { createRefresh, type Invalidate } from './liveRefresh.js'
import { shareInBrowser } from './shareInBrowser.js'

/** Milliseconds: whoever subscribes sooner after a start has just asked everything. */
const JUST_ASKED = 2_000

/**
 * Asks an organization's queries again when the server says that something changed. One tab of the browser hears it and tells the others.
 * It stops while the page is hidden, and catches up when it is seen again.
 */
export function followChanges(
  transport: BillingTransport,
  organizationId: string,
  invalidate: Invalidate,
  signal: AbortSignal,
): void {
  if (transport.subscribe === undefined || signal.aborted) return
  const { subscribe, url } = subscriptionOf(transport.subscribe)
  const refresh = createRefresh(invalidate, signal)
  let visible: AbortController | undefined
  let lastEventId: string | undefined

  function hear({ changed, id = lastEventId }: BillingChange): void {
    lastEventId = id
    if (changed !== undefined) refresh(changed)
  }

  function start(): AbortController {
    const controller = new AbortController()
    const startedAt = performance.now()
    // Without an id nobody can tell what was missed.
    const onBegin = (): void => {
      if (lastEventId === undefined && performance.now() - startedAt > JUST_ASKED) refresh('status')
    }
    shareInBrowser(
      // Who asks another backend hears of other changes.
      `polar-billing-kit ${url} ${organizationId}`,
      hear,
      (tell) =>
        keepSubscribed({
          subscribe: (onChange) => subscribe(onChange, { signal: controller.signal, lastEventId }),
          onBegin,
          onChange: (change) => {
            hear(change)
            tell(change)
          },
          signal: controller.signal,
        }),
      controller.signal,
    )
    return controller
  }

  function update({ type }: Partial<Event>): void {
    const isVisible = type !== 'pagehide' && !document.hidden
    if (isVisible === (visible !== undefined)) return
    visible?.abort()
    visible = isVisible ? start() : undefined
    // What is being asked already is asked late enough.
    if (isVisible && type !== undefined) refresh('status', false)
  }

  const listener = { signal }
  document.addEventListener('visibilitychange', update, listener)
  // A page that holds a lock or a connection is not kept for "back".
  addEventListener('pagehide', update, listener)
  addEventListener('pageshow', update, listener)
  signal.addEventListener('abort', () => visible?.abort())
  update({})
}

function subscriptionOf(source: Subscribe | ChangeSource): { subscribe: Subscribe; url: string } {
  if (typeof source === 'function') return { subscribe: source, url: '' }
  return { subscribe: (...call) => subscribeTo(source, ...call), url: source.url }
}
