import type { CompleteSubscription } from '../contract/subscription.js'
import { formatMoney } from '../format/money.js'
import { resumeMessages } from './resumeMessages.js'
import { isMetered } from './SubscriptionCard/describePrice.js'
import { type LocalizedProps, translator } from './translator.js'

/**
 * What it costs to resume a paused plan: the provider starts a new period at once, and charges it with what was used and not paid.
 * `null` where it costs nothing.
 */
export function resumeText(
  subscription: Pick<CompleteSubscription, 'amount' | 'currency' | 'product'> | undefined,
  { locale, messages }: LocalizedProps<typeof resumeMessages>,
): string | null {
  const text = translator(resumeMessages, messages, locale)
  if (!subscription || isMetered(subscription)) return text('resumeCharges')
  const { amount, currency } = subscription
  if (amount === 0) return null
  if (amount === null || currency === null || !(amount > 0)) return text('resumeCharges')
  return text('resumeChargesPrice', { price: formatMoney(amount, currency, locale) })
}
