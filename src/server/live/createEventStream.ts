import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { Changed } from '../../contract/index.js'
import { createAlarm } from '../jobs/alarm.js'
import { laterOf, parseEventId, type Revisions, toEventId } from './revisions.js'
import type { OnRevisions } from './subscribers.js'

/** Milliseconds: proxies close what is silent for a minute, some for half of one. */
const HEARTBEAT = 20_000
/**
 * Milliseconds after which a browser has to come back, and with it the question who is asking: a session that has ended must not hear
 * on for ever. A part of it is chance, so that the browsers of a crowd do not come back all at once.
 */
const MAX_AGE = 15 * 60_000
/** Milliseconds that a browser waits before it comes back. */
const RETRY = 2_000

const CHANGES = ['status', 'usage'] as const satisfies Changed[]

interface EventStreamOptions {
  /** Gives the revisions of now before it resolves, and then every change. */
  subscribe: (onRevisions: OnRevisions) => Promise<() => void>
  /** Ends the stream. */
  signal: AbortSignal
  /** Called once, whoever ended it. */
  onEnd: () => void
}

/**
 * Tells one browser what changed since the revisions that it knows. What it has not taken yet is not piled up: it hears of the latest
 * revisions alone.
 */
export async function createEventStream(c: Context, options: EventStreamOptions): Promise<Response> {
  const { subscribe, onEnd } = options
  let latest: Revisions = { status: 0, usage: 0 }
  let ended = false
  let wake = (): void => undefined
  const lifetime = createAlarm(() => end())
  const unsubscribe = await subscribe((revisions) => {
    latest = laterOf(latest, revisions)
    wake()
  })
  let sent = parseEventId(c.req.header('last-event-id') ?? null) ?? latest

  function end(): void {
    if (ended) return
    ended = true
    lifetime.clear()
    unsubscribe()
    onEnd()
    wake()
  }

  const isOpen = (): boolean => !ended

  /** One by one: if the connection breaks in between, the other is told next time. */
  async function sendChange(stream: SSEStreamingApi, changed: Changed): Promise<void> {
    sent = { ...sent, [changed]: latest[changed] }
    await stream.writeSSE({ id: toEventId(sent), data: JSON.stringify({ changed }) })
  }

  /** Resolves with whether somebody woke it before the heartbeat was due. */
  function sleep(): Promise<boolean> {
    return new Promise((resolve) => {
      const heartbeat = createAlarm(() => resolve(false))
      heartbeat.set(HEARTBEAT)
      wake = () => {
        heartbeat.clear()
        resolve(true)
      }
    })
  }

  async function run(stream: SSEStreamingApi): Promise<void> {
    stream.onAbort(end)
    // An id without data is kept and shown to nobody.
    await stream.write(`retry: ${RETRY}\nid: ${toEventId(sent)}\n\n`)
    while (isOpen()) {
      const changed = CHANGES.find((kind) => sent[kind] !== latest[kind])
      if (changed !== undefined) await sendChange(stream, changed)
      else if (!(await sleep())) await stream.write(':\n\n')
    }
    // Not only closed: one that is not read would never get to its end.
    stream.abort()
  }

  lifetime.set(MAX_AGE * (0.8 + Math.random() / 5))
  const signal = AbortSignal.any([options.signal, c.req.raw.signal])
  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  return unbuffered(streamSSE(c, run))
}

function unbuffered(response: Response): Response {
  const { headers } = response
  headers.set('Cache-Control', 'no-cache, no-store, no-transform')
  // nginx collects answers unless it is told not to.
  headers.set('X-Accel-Buffering', 'no')
  // The server's own business: HTTP/2 forbids them.
  headers.delete('Connection')
  headers.delete('Transfer-Encoding')
  return response
}
