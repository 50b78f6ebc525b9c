import type { BillingChange } from '../contract/changes.js'
import { createEventParser } from './eventParser.js'
import type { ChangeSource, SubscribeOptions } from './transport.js'

/** Milliseconds without a sign of life after which a connection is dead, such as that of a laptop that slept: the server's heart beats oftener. */
const SILENCE = 60_000

/** Reads server-sent events over `fetch`: an EventSource sends no headers, and says nothing of why it failed. */
export async function subscribeTo(
  { url, headers, ...options }: ChangeSource,
  onChange: (change: BillingChange) => void,
  { signal, lastEventId }: SubscribeOptions,
): Promise<void> {
  const silence = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const expectLife = (): void => {
    clearTimeout(timer)
    timer = setTimeout(
      () => silence.abort(new DOMException('The stream fell silent.', 'TimeoutError')),
      SILENCE,
    )
  }
  try {
    expectLife()
    const response = await (options.fetch ?? fetch)(url, {
      headers: {
        accept: 'text/event-stream',
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
        ...(typeof headers === 'function' ? await headers() : headers),
      },
      cache: 'no-store',
      signal: AbortSignal.any([signal, silence.signal]),
    })
    assertStream(response)
    onChange({})
    await readStream(response, onChange, expectLife)
  } finally {
    clearTimeout(timer)
  }
}

/** Throws what is looked at of a `BillingError`: a whole one would have to be loaded with the page. */
function assertStream({ ok, status, headers, url }: Response): void {
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') === true
  if (ok && isStream) return
  throw Object.assign(new Error(`${url} answered ${status}, and no events.`), {
    // An app may answer a route that it does not know with its page.
    status: ok ? 501 : status,
    retryAfter: Number(headers.get('retry-after')),
  })
}

async function readStream(
  { body }: Response,
  onChange: (change: BillingChange) => void,
  onLife: () => void,
): Promise<void> {
  const decoder = new TextDecoder()
  const parse = createEventParser(({ id, data }) => {
    if (data === undefined) onChange({ id })
    // What a newer server says that is not known here may concern anything.
    else onChange({ id, changed: /"usage"/.test(data) ? 'usage' : 'status' })
  })
  const reader = body?.getReader()
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    onLife()
    parse(decoder.decode(part.value, { stream: true }))
  }
}
