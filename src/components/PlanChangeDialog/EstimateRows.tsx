import type { ReactElement } from 'react'
import { formatMoney } from '../../format/money.js'
import { part } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import type { ChangeEstimate } from './changeEstimate.js'
import type { PlanChangeClassNames } from './planChangeParts.js'
import { planChangeDialogMessages } from './planChangeDialogMessages.js'

interface EstimateRowsProps extends LocalizedProps<typeof planChangeDialogMessages> {
  estimate: Extract<ChangeEstimate, { kind: 'amounts' }>
  classNames: PlanChangeClassNames
}

/** What a change costs now, row by row. */
export function EstimateRows({ estimate, classNames, locale, messages }: EstimateRowsProps): ReactElement {
  const { credit, charge, due, currency, restarts } = estimate
  const text = translator(planChangeDialogMessages, messages, locale)
  const rows = [
    // Not -0, which would be written with its sign.
    ...(credit > 0 ? [['credit', -credit] as const] : []),
    [restarts ? 'chargePeriod' : 'chargeRest', charge] as const,
    ['due', Math.max(0, due)] as const,
    ...(due < 0 ? [['balance', -due] as const] : []),
  ]
  return (
    <div {...part('estimate', classNames)}>
      <p>{text('estimate')}</p>
      <dl>
        {rows.map(([row, amount]) => (
          <div key={row} data-row={row}>
            <dt>{text(row)}</dt>
            <dd>{formatMoney(amount, currency, locale)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
