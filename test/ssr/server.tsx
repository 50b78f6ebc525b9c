// The app's server: bundled for Node with the React that a test names.
import { PassThrough, Readable } from 'node:stream'
import { dehydrate, QueryClient } from '@tanstack/react-query'
import type { BillingTransport } from 'polar-billing-kit'
import { prefetchBilling } from 'polar-billing-kit/query'
import { renderToPipeableStream, renderToString, version } from 'react-dom/server'
import { Page, type PageState } from './Page.js'

export interface RenderOptions extends Omit<PageState, 'dehydratedState'> {
  transport: BillingTransport
  prefetch: boolean
  as: 'stream' | 'string'
  checkoutId: string | null
}

export interface AppServer {
  version: string
  render(options: RenderOptions): Promise<ReadableStream<Uint8Array>>
}

async function render({
  transport,
  prefetch,
  as,
  checkoutId,
  ...shown
}: RenderOptions): Promise<ReadableStream<Uint8Array>> {
  const queryClient = new QueryClient()
  if (prefetch) await prefetchBilling(queryClient, { ...shown, transport, checkoutId })
  const state: PageState = {
    ...shown,
    dehydratedState: prefetch ? dehydrate(queryClient) : null,
  }
  const page = <Page queryClient={queryClient} transport={transport} state={state} />
  const output = new PassThrough()
  output.write('<!doctype html><html lang="en"><head><title>App</title></head><body><div id="root">')
  const finish = () => {
    const json = JSON.stringify(state).replaceAll('<', '\\u003c')
    output.end(`</div><script>STATE = ${json}</script><script type="module" src="/client.js"></script>`)
  }
  if (as === 'string') {
    output.write(renderToString(page))
    finish()
  } else {
    const html = new PassThrough()
    html.on('data', (chunk) => output.write(chunk)).on('end', finish)
    const { pipe } = renderToPipeableStream(page, { onShellReady: () => pipe(html) })
  }
  return Readable.toWeb(output) as ReadableStream<Uint8Array>
}

export const appServer: AppServer = { version, render }
