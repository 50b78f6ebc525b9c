import type { Database } from '../database/database.js'
import { retryDelay } from '../jobs/retryDelay.js'
import { NotMigratedError } from '../openDatabase.js'
import { type Delivered, deliver } from './deliver.js'
import type { OutboxOptions } from './outbox.js'
import type { AcceptedUsage } from './recentUsage.js'
import { reportFailure } from './reportDelivered.js'
import { settleUsage } from './settleUsage.js'
import { claimDue, claimThese, release } from './usageClaims.js'

/** Delivers one batch at a time. Each gives the number of events that are settled; 0: there was nothing to do. */
export interface Delivery {
  deliverDue(): Promise<number>
  deliverThese(ids: readonly string[]): Promise<number>
}

interface DeliveryOptions extends OutboxOptions {
  /** Keeps this process from trying again for so many milliseconds. */
  pause: (delay: number) => void
  onSettled: (ids: readonly string[]) => void
}

/** Claims in the database, sends, and writes down what became of it. */
export function createDelivery(database: Database, options: DeliveryOptions): Delivery {
  const { provider, now, onEvent, onSettled, pause } = options
  let failures = 0

  async function deliverBatch(claim: () => Promise<AcceptedUsage[]>): Promise<number> {
    const left = new Set<AcceptedUsage>()
    const settle = async (delivered: Delivered): Promise<void> => {
      await settleUsage(database, delivered, options)
      onSettled(delivered.events.map(({ event }) => event.id))
      for (const accepted of delivered.events) left.delete(accepted)
    }
    try {
      const batch = await claim()
      for (const accepted of batch) left.add(accepted)
      if (batch.length === 0) return 0
      await deliver(batch, { provider, now, onDone: settle })
      failures = 0
      return batch.length
    } catch (error) {
      failures += 1
      const delay = retryDelay(error, failures)
      pause(delay)
      report(error, delay)
      // Where it fails, the lease ends by itself.
      if (left.size > 0) await release(database, [...left], delay).catch(() => undefined)
      throw error
    }
  }

  // Missing tables are told to whoever calls `track`.
  function report(error: unknown, delay: number): void {
    if (!(error instanceof NotMigratedError)) reportFailure(error, delay, onEvent)
  }

  return {
    deliverDue: () => deliverBatch(() => claimDue(database, now())),
    deliverThese: (ids) => deliverBatch(() => claimThese(database, ids, now())),
  }
}
