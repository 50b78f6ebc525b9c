import { BillingError } from '../../contract/index.js'
import type { OnEvent } from '../events.js'
import type { OutgoingUsage, PaymentProvider } from '../provider.js'
import { createAlarm } from './alarm.js'
import { type Delivered, deliver } from './deliver.js'
import { type AcceptedUsage, createRecentUsage } from './recentUsage.js'
import { retryDelay } from './retryDelay.js'
import { takeBatch } from './takeBatch.js'

/** Milliseconds in which events gather into one call. */
const GATHER_TIME = 20
/** More would exhaust the memory of a server whose provider stays away; refusing is better than losing. */
const MAX_WAITING = 100_000

/** Where usage waits until the provider has it. */
export interface UsageOutbox {
  /**
   * Takes an event; one that is already here counts once.
   *
   * @throws BillingError `SERVICE_UNAVAILABLE` where it could not be delivered
   */
  accept(event: OutgoingUsage): void
  /** The organization's events that the provider's counts may not hold yet. */
  recentOf(organizationId: string): readonly AcceptedUsage[]
  /** Resolves when everything accepted so far is delivered; rejects if the provider cannot be asked now. */
  flush(): Promise<void>
  /** Takes no more, and delivers what waits. */
  close(): Promise<void>
}

interface OutboxOptions {
  provider: Pick<PaymentProvider, 'sendUsage'>
  now: () => Date
  onEvent: OnEvent
  onDelivered: (organizationId: string) => void
  /** An event that was accepted will add nothing: it was rejected, or the provider had it before. */
  onRetracted: (organizationId: string) => void
}

/** An outbox in memory: what it holds is gone with the process. */
export function createMemoryOutbox(options: OutboxOptions): UsageOutbox {
  const { provider, now, onEvent, onDelivered, onRetracted } = options
  const waiting = new Map<string, AcceptedUsage>()
  const recent = createRecentUsage(now)
  // A failure sets the alarm for the next try itself.
  const alarm = createAlarm(() => void send().catch(() => undefined))
  let sending: Promise<void> | undefined
  let failures = 0
  let closed = false

  function accept(event: OutgoingUsage): void {
    if (closed) throw refusal('it comes after close(), and would never be sent')
    if (waiting.size >= MAX_WAITING) throw refusal('too many events wait for delivery', 60)
    const accepted: AcceptedUsage = { event, acceptedAt: now(), sentAt: null, deliveredAt: null }
    if (!recent.add(accepted)) return
    waiting.set(event.id, accepted)
    alarm.setUnlessSet(GATHER_TIME)
  }

  function send(): Promise<void> {
    sending ??= sendAll().finally(() => {
      sending = undefined
    })
    return sending
  }

  async function sendAll(): Promise<void> {
    try {
      while (waiting.size > 0) await deliver(takeBatch(waiting.values()), { provider, now, onDone: settle })
      alarm.clear()
    } catch (error) {
      failures += 1
      // Replaces what events accepted meanwhile have set: the provider is left alone for as long as it needs.
      if (!closed) alarm.set(retryDelay(error, failures))
      throw error
    }
  }

  function settle({ events, rejected, old }: Delivered): void {
    failures = 0
    const deliveredAt = now()
    for (const accepted of events) {
      const { event } = accepted
      accepted.deliveredAt = deliveredAt
      waiting.delete(event.id)
      const message = rejected.get(event.id)
      if (message !== undefined || old.has(accepted)) retract(event)
      if (message === undefined) continue
      onEvent({ type: 'usage_rejected', organizationId: event.organizationId, name: event.name, message })
    }
    for (const organizationId of new Set(events.map(({ event }) => event.organizationId)))
      onDelivered(organizationId)
  }

  function retract(event: OutgoingUsage): void {
    recent.remove(event)
    onRetracted(event.organizationId)
  }

  async function flush(): Promise<void> {
    await sending?.catch(() => undefined)
    await send()
  }

  return {
    accept,
    recentOf: recent.of,
    flush,
    close: async () => {
      closed = true
      alarm.clear()
      await flush()
    },
  }
}

function refusal(reason: string, retryAfter?: number): BillingError {
  return new BillingError('SERVICE_UNAVAILABLE', `usage.track: the event is not taken, ${reason}.`, {
    retryAfter,
  })
}
