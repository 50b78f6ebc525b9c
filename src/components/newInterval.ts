import type { CompleteSubscription, PendingChange } from '../contract/subscription.js'

/** How the subscription renews after a change that waits; `null` where that stays as it is, or nobody said. */
export function newInterval({
  product,
  pendingChange,
}: Pick<CompleteSubscription, 'product' | 'pendingChange'>): NonNullable<PendingChange['interval']> | null {
  const { interval = null } = pendingChange ?? {}
  return interval === product?.recurringInterval ? null : interval
}
