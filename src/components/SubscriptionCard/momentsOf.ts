import type { CompleteSubscription } from '../../contract/subscription.js'
import { isMetered } from './describePrice.js'

export type MomentLabel =
  | 'nextPayment'
  | 'renews'
  | 'trialEnds'
  | 'endsOn'
  | 'usableUntil'
  | 'pausesOn'
  | 'pausedSince'
  | 'resumesOn'

type Moment<At> = [label: MomentLabel, at: At]

/** The moments that matter in the subscription's state, less those that nobody named. ISO 8601. */
export function momentsOf(subscription: CompleteSubscription): Moment<string>[] {
  return candidates(subscription).flatMap(([label, at]) => (at === null ? [] : [[label, at]]))
}

function candidates(subscription: CompleteSubscription): Moment<string | null>[] {
  const { currentPeriodEnd, trialEnd, cancelAtPeriodEnd, resumesAt } = subscription
  switch (subscription.status) {
    case 'active':
      return ofRunning(subscription, isFree(subscription) ? 'renews' : 'nextPayment', currentPeriodEnd)
    case 'trialing':
      return ofRunning(subscription, 'trialEnds', trialEnd ?? currentPeriodEnd)
    case 'past_due':
      return [
        ['usableUntil', subscription.graceEndsAt],
        // Otherwise the end of a period that nobody has paid for says nothing.
        ['endsOn', cancelAtPeriodEnd ? currentPeriodEnd : null],
      ]
    case 'paused':
      return [
        ['pausedSince', subscription.pausedAt],
        ['resumesOn', resumesAt],
      ]
    case 'none':
    case 'canceled':
    case 'incomplete':
      return []
  }
}

function ofRunning(
  { cancelAtPeriodEnd, pauseAtPeriodEnd, resumesAt }: CompleteSubscription,
  usual: MomentLabel,
  end: string | null,
): Moment<string | null>[] {
  if (cancelAtPeriodEnd) return [['endsOn', end]]
  if (!pauseAtPeriodEnd) return [[usual, end]]
  return [
    ['pausesOn', end],
    ['resumesOn', resumesAt],
  ]
}

function isFree(subscription: CompleteSubscription): boolean {
  return subscription.amount === 0 && !isMetered(subscription)
}
