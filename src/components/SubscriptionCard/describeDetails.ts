import type { CompleteSubscription, Order } from '../../contract/subscription.js'
import { formatDate } from '../../format/date.js'
import { formatMoney } from '../../format/money.js'
import { formatQuantity } from '../../format/quantity.js'
import { newInterval } from '../newInterval.js'
import type { Translate } from '../translator.js'
import { describeSeats } from './describePrice.js'
import { type MomentLabel, momentsOf } from './momentsOf.js'
import { subscriptionCardMessages } from './subscriptionCardMessages.js'

type Text = Translate<typeof subscriptionCardMessages>

export interface Localized {
  text: Text
  locale: string | undefined
  timeZone: string | undefined
}

/** A line of the card: its label's key, and its value. */
type Detail = readonly [label: MomentLabel | 'seats' | 'latestOrder', value: string]

/** What there is to say of a subscription, line by line. What nobody said has no line. */
export function describeDetails(
  subscription: CompleteSubscription,
  endedAt: string | null,
  localized: Localized,
): Detail[] {
  const { text, locale, timeZone } = localized
  const { seats, latestOrder } = subscription
  const details = momentsOf(subscription, endedAt).map(([label, moment]): Detail => [
    label,
    formatDate(moment, locale, timeZone),
  ])
  if (seats !== null) {
    details.push(['seats', describeSeats(subscription, seats, text, locale) ?? formatQuantity(seats, locale)])
  }
  if (latestOrder !== null) details.push(['latestOrder', describeOrder(latestOrder, localized)])
  return details
}

function describeOrder(
  { status, paid, amount, currency }: Order,
  { text, locale }: Pick<Localized, 'text' | 'locale'>,
): string {
  const key = `order_${status}`
  const fallback = paid ? 'order_completed' : 'order_unpaid'
  return text('orderState', {
    amount: formatMoney(amount, currency, locale),
    // The provider may know other words, and they are no words for people.
    state: text(Object.hasOwn(subscriptionCardMessages, key) ? (key as typeof fallback) : fallback),
  })
}

const SWITCHES = { month: 'switchesToMonth', year: 'switchesToYear' } as const
const BY = { month: 'planMonth', year: 'planYear' } as const

/** "Changes to Team on December 21, 2026"; `null` where nothing waits. `planName`: of the plan that it changes to. */
export function describeChange(
  subscription: CompleteSubscription,
  planName: string | undefined,
  { text, locale, timeZone }: Localized,
): string | null {
  if (subscription.pendingChange === null) return null
  const { planType, seats, appliesAt } = subscription.pendingChange
  const date = formatDate(appliesAt, locale, timeZone)
  if (planType === null) {
    return seats === null ? text('changes', { date }) : text('changesSeats', { count: seats, date })
  }
  const interval = newInterval(subscription)
  if (interval !== null && seats === null && planType === subscription.planType)
    return text(SWITCHES[interval], { date })
  const name = planName ?? planType
  const plan = interval === null ? name : text(BY[interval], { plan: name })
  return seats === null
    ? text('changesPlan', { plan, date })
    : text('changesBoth', { plan, count: seats, date })
}
