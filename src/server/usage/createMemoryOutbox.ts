import { BillingError, isBillingError } from '../../contract/index.js'
import type { TransactionClient } from '../database/transactionClient.js'
import { createWorker } from '../jobs/createWorker.js'
import { retryDelay } from '../jobs/retryDelay.js'
import type { OutgoingUsage } from '../provider.js'
import { type Delivered, deliver } from './deliver.js'
import {
  GATHER_TIME,
  type OutboxOptions,
  refusal,
  refusalAfterClose,
  type UsageBacklog,
  type UsageDrained,
  type UsageOutbox,
} from './outbox.js'
import { type AcceptedUsage, createRecentUsage } from './recentUsage.js'
import { reportDelivered, reportFailure } from './reportDelivered.js'
import { takeBatch } from './takeBatch.js'
import { MAX_COUNTED } from './usageTable.js'

/** More would exhaust the memory of a server whose provider stays away; refusing is better than losing. */
const MAX_WAITING = 100_000

/** An outbox in memory: what it holds is gone with the process. */
export function createMemoryOutbox(options: OutboxOptions): UsageOutbox {
  const { provider, now } = options
  const waiting = new Map<string, AcceptedUsage>()
  const recent = createRecentUsage(now)
  const worker = createWorker({ work: sendAll })
  let failures = 0
  let rejected = 0
  let closed = false

  async function accept(events: readonly OutgoingUsage[], client?: TransactionClient): Promise<void> {
    if (client !== undefined) throw noTransaction()
    if (closed) throw refusalAfterClose()
    if (waiting.size + events.length > MAX_WAITING) throw refusal('too many events wait for delivery', 60)
    for (const event of events) {
      const accepted: AcceptedUsage = { event, acceptedAt: now(), sentAt: null, deliveredAt: null }
      if (recent.add(accepted)) waiting.set(event.id, accepted)
    }
    worker.wake(GATHER_TIME)
  }

  async function sendAll(): Promise<void> {
    while (waiting.size > 0) await sendBatch()
  }

  async function sendBatch(): Promise<void> {
    try {
      await deliver(takeBatch(waiting.values()), { provider, now, onDone: settle })
    } catch (error) {
      failures += 1
      // Replaces what events accepted meanwhile have set: the provider is left alone for as long as it needs.
      const delay = retryDelay(error, failures)
      worker.pause(delay)
      reportFailure(error, delay, options.onEvent)
      throw error
    }
  }

  function settle(delivered: Delivered): void {
    failures = 0
    rejected += delivered.rejected.size
    const deliveredAt = now()
    for (const accepted of delivered.events) {
      accepted.deliveredAt = deliveredAt
      waiting.delete(accepted.event.id)
    }
    for (const { event } of reportDelivered(delivered, options)) recent.remove(event)
  }

  const flush = (): Promise<void> => worker.now(sendAll)

  async function drain(seconds: number): Promise<UsageDrained> {
    const end = performance.now() + seconds * 1_000
    const before = waiting.size
    try {
      await worker.now(async () => {
        while (waiting.size > 0 && performance.now() < end) await sendBatch()
      })
    } catch (error) {
      // They wait on, which the answer says.
      if (!isBillingError(error)) throw error
    }
    worker.wake(GATHER_TIME)
    return { delivered: Math.max(0, before - waiting.size), waiting: waiting.size }
  }

  function backlog(): UsageBacklog {
    const [oldest] = waiting.values()
    return {
      waiting: Math.min(waiting.size, MAX_COUNTED),
      oldestUndeliveredAt: oldest?.acceptedAt.toISOString() ?? null,
      deadLettered: Math.min(rejected, MAX_COUNTED),
    }
  }

  return {
    accept,
    recentOf: async (organizationId) => recent.of(organizationId),
    flush,
    drain,
    backlog: async () => backlog(),
    close: async () => {
      closed = true
      worker.stop()
      await flush()
    },
  }
}

function noTransaction(): BillingError {
  return new BillingError(
    'BAD_REQUEST',
    'usage.track: a transaction can only be joined with the option `database`, which createBilling was not given.',
  )
}
