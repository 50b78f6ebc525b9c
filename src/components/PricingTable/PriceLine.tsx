import type { ReactElement } from 'react'
import type { Trial } from '../../contract/plans.js'
import { part } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import type { Interval, PlanCost } from './planCost.js'
import { fullPriceText, priceText } from './priceText.js'
import type { PricingClassNames } from './pricingParts.js'
import { pricingTableMessages } from './pricingTableMessages.js'

interface PriceLineProps extends LocalizedProps<typeof pricingTableMessages> {
  cost: PlanCost
  interval: Interval
  /** Only where somebody would get it. */
  trial: Trial | null | undefined
  classNames: PricingClassNames
}

const TRIALS = { day: 'trialDay', week: 'trialWeek', month: 'trialMonth', year: 'trialYear' } as const

/** A plan's price, its amount set large wherever a language puts it, and what comes before it. */
export function PriceLine({ cost, interval, trial, classNames, ...words }: PriceLineProps): ReactElement {
  const text = translator(pricingTableMessages, words.messages, words.locale)
  const { sentence, amount } = priceText(cost, interval, words)
  const full = fullPriceText(cost, interval, words)
  const start = full.indexOf(amount)
  const isPriced = cost.kind === 'fixed' || cost.kind === 'seat'
  const trialText =
    trial && trial.count > 0 && isPriced
      ? text(TRIALS[trial.interval], { count: trial.count, price: sentence })
      : null
  return (
    <div {...part('cost', classNames)}>
      <p {...part('price', classNames)} data-kind={cost.kind}>
        {full.slice(0, start)}
        <strong {...part('amount', classNames)}>{amount}</strong>
        {full.slice(start + amount.length)}
      </p>
      {trialText !== null && <p {...part('trial', classNames)}>{trialText}</p>}
    </div>
  )
}
