import { BillingError, isBillingError } from '../../contract/index.js'
import type { OnEvent } from '../events.js'
import type { OutgoingUsage, PaymentProvider } from '../provider.js'
import { type AcceptedUsage, createRecentUsage } from './recentUsage.js'

/** The most events in one call to the provider. */
const BATCH_SIZE = 1_000
/** Milliseconds in which events gather into one call. */
const GATHER_TIME = 20
const MAX_RETRY_DELAY = 60_000
/** More would exhaust the memory of a server whose provider stays away; refusing is better than losing. */
const MAX_WAITING = 100_000

/** Where usage waits until the provider has it. */
export interface UsageOutbox {
  /** Takes an event; one that is already here counts once. */
  accept(event: OutgoingUsage): void
  /** The organization's events that the provider's counts may not hold yet. */
  recentOf(organizationId: string): readonly AcceptedUsage[]
  /** Resolves when everything accepted so far is delivered; rejects if the provider cannot be asked now. */
  flush(): Promise<void>
  close(): void
}

interface OutboxOptions {
  provider: Pick<PaymentProvider, 'sendUsage'>
  now: () => Date
  onEvent: OnEvent
  onDelivered: (organizationId: string) => void
}

/** An outbox in memory: what it holds is gone with the process. */
export function createMemoryOutbox({ provider, now, onEvent, onDelivered }: OutboxOptions): UsageOutbox {
  const waiting = new Map<string, AcceptedUsage>()
  const recent = createRecentUsage(now)
  let sending: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let closed = false

  function accept(event: OutgoingUsage): void {
    if (waiting.size >= MAX_WAITING) {
      throw new BillingError(
        'SERVICE_UNAVAILABLE',
        'Too many usage events wait for delivery: take no more now.',
        {
          retryAfter: 60,
        },
      )
    }
    const accepted: AcceptedUsage = { event, acceptedAt: now(), deliveredAt: null }
    if (!recent.add(accepted)) return
    waiting.set(event.id, accepted)
    schedule(GATHER_TIME)
  }

  function schedule(delay: number): void {
    if (closed || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      // A failure has scheduled the next try already.
      send().catch(() => undefined)
    }, delay)
    unref(timer)
  }

  function send(): Promise<void> {
    sending ??= sendAll().finally(() => {
      sending = undefined
    })
    return sending
  }

  async function sendAll(): Promise<void> {
    while (waiting.size > 0) {
      const batch = [...waiting.values()].slice(0, BATCH_SIZE)
      try {
        settle(batch, await provider.sendUsage(batch.map(({ event }) => event)))
        failures = 0
      } catch (error) {
        failures += 1
        schedule(retryDelay(error, failures))
        throw error
      }
    }
  }

  function settle(batch: readonly AcceptedUsage[], rejected: ReadonlyMap<string, string>): void {
    const deliveredAt = now()
    for (const accepted of batch) {
      const { event } = accepted
      accepted.deliveredAt = deliveredAt
      waiting.delete(event.id)
      const message = rejected.get(event.id)
      if (message === undefined) continue
      recent.remove(event)
      onEvent({ type: 'usage_rejected', organizationId: event.organizationId, name: event.name, message })
    }
    for (const organizationId of new Set(batch.map(({ event }) => event.organizationId)))
      onDelivered(organizationId)
  }

  return {
    accept,
    recentOf: recent.of,
    flush: async () => {
      await sending?.catch(() => undefined)
      await send()
    },
    close: () => {
      closed = true
      clearTimeout(timer)
    },
  }
}

function retryDelay(error: unknown, failures: number): number {
  const asked = isBillingError(error) ? (error.retryAfter ?? 0) * 1_000 : 0
  const backoff = Math.min(500 * 2 ** failures, MAX_RETRY_DELAY) * (0.5 + Math.random() / 2)
  return Math.max(asked, backoff)
}

// Waiting usage must not keep a script alive that forgot to flush; edge runtimes have no `unref`.
function unref(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function') {
    timer.unref()
  }
}
