import type { CompleteSubscription } from '../../contract/subscription.js'
import { periodEndOf } from '../periodEnd.js'
import { isMetered } from './describePrice.js'

export type MomentLabel =
  | 'nextPayment'
  | 'renews'
  | 'trialEnds'
  | 'endsOn'
  | 'endedOn'
  | 'usableUntil'
  | 'pausesOn'
  | 'pausedSince'
  | 'resumesOn'

type Moment<At> = [label: MomentLabel, at: At]

/** The moments that matter in the subscription's state, less those that nobody named. ISO 8601. */
export function momentsOf(subscription: CompleteSubscription, endedAt: string | null): Moment<string>[] {
  return candidates(subscription, endedAt).flatMap(([label, at]) => (at === null ? [] : [[label, at]]))
}

function candidates(subscription: CompleteSubscription, endedAt: string | null): Moment<string | null>[] {
  switch (subscription.status) {
    case 'active':
      return ofRunning(subscription, isFree(subscription) ? 'renews' : 'nextPayment')
    case 'trialing':
      return ofRunning(subscription, 'trialEnds')
    case 'past_due':
      return [ofUnpaid(subscription)]
    case 'paused':
      return [
        ['pausedSince', subscription.pausedAt],
        ['resumesOn', subscription.resumesAt],
      ]
    case 'canceled':
      return [['endedOn', endedAt]]
    case 'none':
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

/** The end of a period that nobody has paid for says nothing, unless it is the end of the plan, and comes before that of the grace. */
function ofUnpaid(subscription: CompleteSubscription): Moment<string | null> {
  const { cancelAtPeriodEnd, graceEndsAt } = subscription
  const end = cancelAtPeriodEnd ? periodEndOf(subscription) : null
  const isEarlier = end !== null && (graceEndsAt === null || Date.parse(end) < Date.parse(graceEndsAt))
  return isEarlier ? ['endsOn', end] : ['usableUntil', graceEndsAt]
}

function isFree(subscription: CompleteSubscription): boolean {
  return subscription.amount === 0 && !isMetered(subscription)
}
