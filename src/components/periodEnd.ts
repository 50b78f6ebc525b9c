import type { CompleteSubscription } from '../contract/subscription.js'

/** When the running trial or period ends, ISO 8601; `null` where nobody said. While a payment is past due nobody has paid for it. */
export function periodEndOf({
  status,
  trialEnd,
  currentPeriodEnd,
}: Pick<CompleteSubscription, 'status' | 'trialEnd' | 'currentPeriodEnd'>): string | null {
  return status === 'trialing' ? (trialEnd ?? currentPeriodEnd) : currentPeriodEnd
}
