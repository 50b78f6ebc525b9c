import type { ReactElement } from 'react'
import type { CompleteSubscription } from '../../contract/subscription.js'
import { formatMoney } from '../../format/money.js'
import type { Interval, PlanCost } from '../PricingTable/planCost.js'
import { fullPriceText } from '../PricingTable/priceText.js'
import { part } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import type { PlanChangeClassNames } from './planChangeParts.js'
import { planChangeDialogMessages } from './planChangeDialogMessages.js'

interface FromToProps extends LocalizedProps<typeof planChangeDialogMessages> {
  subscription: CompleteSubscription
  to: { name: string; cost: PlanCost; interval: Interval }
  classNames: PlanChangeClassNames
}

/** Which plan and price becomes which. */
export function FromTo({ subscription, to, classNames, ...words }: FromToProps): ReactElement {
  const text = translator(planChangeDialogMessages, words.messages, words.locale)
  const { planName, product } = subscription
  const rows = [
    ['from', planName ?? product?.name ?? text('unnamed'), presentPrice(subscription, words)],
    ['to', to.name, fullPriceText(to.cost, to.interval, words)],
  ] as const
  return (
    <dl {...part('plans', classNames)}>
      {rows.map(([row, name, price]) => (
        <div key={row} data-row={row}>
          <dt>{text(row)}</dt>
          <dd>
            <strong>{name}</strong> <span>{price}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function presentPrice(
  { amount, currency, product }: CompleteSubscription,
  words: LocalizedProps<typeof planChangeDialogMessages>,
): string {
  const text = translator(planChangeDialogMessages, words.messages, words.locale)
  if (amount === null || currency === null) return text('unknownPrice')
  const interval = product?.recurringInterval
  if (interval === 'month' || interval === 'year')
    return fullPriceText({ kind: 'fixed', amount, currency }, interval, words)
  return formatMoney(amount, currency, words.locale)
}
