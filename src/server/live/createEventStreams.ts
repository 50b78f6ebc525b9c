import type { Context } from 'hono'
import { BillingError } from '../../contract/index.js'
import type { Changes } from './changes.js'
import { createEventStream } from './createEventStream.js'
import type { OnRevisions } from './subscribers.js'

/** A browser has one, however many tabs are open. */
const MAX_PER_ORGANIZATION = 1_000
/** Each holds a connection and some memory. */
const MAX_PER_PROCESS = 10_000
/** Seconds after which a browser that was refused comes back. Meanwhile it polls. */
const RETRY_AFTER = 60

/** The open streams of this process. */
export interface EventStreams {
  open(c: Context, organizationId: string): Promise<Response>
  /** Ends all, and opens none any more. */
  close(): void
}

export function createEventStreams(changes: Pick<Changes, 'subscribe'>): EventStreams {
  const streams = new Set<AbortController>()
  // Counted from the request on, while a stream is still being opened.
  const counts = new Map<string, number>()
  let total = 0
  let closed = false

  function count(organizationId: string, step: 1 | -1): void {
    total += step
    const own = (counts.get(organizationId) ?? 0) + step
    if (own === 0) counts.delete(organizationId)
    else counts.set(organizationId, own)
  }

  function assertRoom(organizationId: string): void {
    if (closed) throw new BillingError('SERVICE_UNAVAILABLE', 'This server is closing.', { retryAfter: 1 })
    if ((counts.get(organizationId) ?? 0) >= MAX_PER_ORGANIZATION || total >= MAX_PER_PROCESS)
      throw new BillingError('TOO_MANY_REQUESTS', 'Too many browsers listen to this server.', {
        retryAfter: RETRY_AFTER,
      })
  }

  async function open(c: Context, organizationId: string): Promise<Response> {
    assertRoom(organizationId)
    count(organizationId, 1)
    const controller = new AbortController()
    streams.add(controller)
    const onEnd = (): void => {
      streams.delete(controller)
      count(organizationId, -1)
    }
    const subscribe = (onRevisions: OnRevisions): Promise<() => void> =>
      changes.subscribe(organizationId, onRevisions)
    try {
      return await createEventStream(c, { subscribe, signal: controller.signal, onEnd })
    } catch (error) {
      onEnd()
      throw error
    }
  }

  return {
    open,
    close: () => {
      closed = true
      for (const controller of streams) controller.abort()
    },
  }
}
