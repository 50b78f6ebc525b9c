import type { Changed } from '../../contract/index.js'
import type { RefreshOutcome } from '../freshCache.js'
import type { CustomerReading } from '../provider.js'
import { isSameJson } from './isSameJson.js'

/** What browsers would see differently after a customer was read again. */
export function changeOfCustomer(outcome: RefreshOutcome<CustomerReading>): Changed | null {
  const { before, after, wasExpired, isStale } = outcome
  if (turned(outcome)) return 'status'
  // A read that fails like the one before brings nothing: who asked because of it would make the next one fail.
  if (before === undefined || after === undefined || isStale) return null
  // Once for all the webhooks of a moment. They may mean what is not in the reading, such as an order.
  if (wasExpired || !isSameJson(standingOf(before), standingOf(after))) return 'status'
  return isSameJson(countsOf(before), countsOf(after)) ? null : 'usage'
}

/** What browsers would see differently after a part was read again that is read only when somebody asks for it. */
export function changeOfPart<Value>(outcome: RefreshOutcome<Value>, changed: Changed): Changed | null {
  const { before, after, wasExpired } = outcome
  if (turned(outcome)) return changed
  // If it had expired, whatever expired it has been told of.
  const isSame = before === undefined || wasExpired || isSameJson(before, after)
  return isSame ? null : changed
}

/** Whether `stale` turned. What fails without ever having been known is an error, which browsers ask about again by themselves. */
function turned({ before, after, wasStale, isStale }: RefreshOutcome<unknown>): boolean {
  return wasStale !== isStale && (before !== undefined || after !== undefined)
}

function standingOf({ customerId, subscriptions }: CustomerReading): unknown {
  return {
    customerId,
    subscriptions: subscriptions.map((subscription) => ({ ...subscription, charges: [] })),
  }
}

/** When a meter was counted is no news. */
function countsOf({ counters, subscriptions }: CustomerReading): unknown {
  return {
    counters: counters.map((counter) => ({ ...counter, countedAt: '' })),
    charges: subscriptions.map(({ charges }) => charges),
  }
}
