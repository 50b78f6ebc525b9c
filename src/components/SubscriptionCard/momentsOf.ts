import type { CompleteSubscription } from '../../contract/subscription.js'
import { periodEndOf } from '../periodEnd.js'
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
  const { cancelAtPeriodEnd, resumesAt } = subscription
  switch (subscription.status) {
    case 'active':
      return ofRunning(subscription, isFree(subscription) ? 'renews' : 'nextPayment')
    case 'trialing':
      return ofRunning(subscription, 'trialEnds')
    case 'past_due':
      return [
        ['usableUntil', subscription.graceEndsAt],
        // Otherwise the end of a period that nobody has paid for says nothing.
        ['endsOn', cancelAtPeriodEnd ? periodEndOf(subscription) : null],
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

function ofRunning(subscription: CompleteSubscription, usual: MomentLabel): Moment<string | null>[] {
  const { cancelAtPeriodEnd, pauseAtPeriodEnd, resumesAt } = subscription
  const end = periodEndOf(subscription)
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
