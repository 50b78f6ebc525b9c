import type { CompleteSubscription } from '../../contract/subscription.js'
import { formatMoney } from '../../format/money.js'
import type { Translate } from '../translator.js'
import type { subscriptionCardMessages } from './subscriptionCardMessages.js'

type Text = Translate<typeof subscriptionCardMessages>

const PER = { day: 'perDay', week: 'perWeek', month: 'perMonth', year: 'perYear' } as const

/** Whether usage is paid for beside the amount. */
export function isMetered({ product }: Pick<CompleteSubscription, 'product'>): boolean {
  return product?.prices.some(({ type }) => type === 'metered') ?? false
}

/** "$29.00 per month"; `null` where nobody said an amount, or nothing is paid any more. */
export function describePrice(
  subscription: CompleteSubscription,
  text: Text,
  locale: string | undefined,
): string | null {
  const { status, amount, currency, product } = subscription
  if (status === 'none') return text('nothingToPay')
  if (amount === null || currency === null || status === 'canceled') return null
  const money = formatMoney(amount, currency, locale)
  const interval = product?.recurringInterval ?? ''
  const price = Object.hasOwn(PER, interval)
    ? text(PER[interval as keyof typeof PER], { price: money })
    : money
  return isMetered(subscription) ? text('plusUsage', { price }) : price
}

/** "5 × $12.00", where that is what the subscription costs: a discount or a price in steps makes another sum. */
export function describeSeats(
  { amount, product }: CompleteSubscription,
  seats: number,
  text: Text,
  locale: string | undefined,
): string | null {
  const price = product?.prices.find(({ type }) => type === 'seat')
  const unitAmount = Number(price?.unitAmount ?? Number.NaN)
  if (!price || unitAmount * seats !== amount) return null
  return text('seatsTimesPrice', { seats, price: formatMoney(unitAmount, price.currency, locale) })
}
