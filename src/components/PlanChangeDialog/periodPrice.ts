import type { CompleteSubscription } from '../../contract/subscription.js'
import { formatMoney } from '../../format/money.js'
import { fullPriceText } from '../PricingTable/priceText.js'
import { type LocalizedProps, translator } from '../translator.js'
import { planChangeDialogMessages } from './planChangeDialogMessages.js'

/** An amount for a period of the subscription: "$29.00 per month". */
export function periodPrice(
  amount: number | null,
  { currency, product }: CompleteSubscription,
  words: LocalizedProps<typeof planChangeDialogMessages>,
): string {
  const text = translator(planChangeDialogMessages, words.messages, words.locale)
  if (amount === null || currency === null) return text('unknownPrice')
  const interval = product?.recurringInterval
  if (interval === 'month' || interval === 'year')
    return fullPriceText({ kind: 'fixed', amount, currency }, interval, words)
  return formatMoney(amount, currency, words.locale)
}
