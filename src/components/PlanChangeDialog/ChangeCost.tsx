import type { ReactElement } from 'react'
import type { ChangeMoment } from '../../contract/update.js'
import { part } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import type { ChangeEstimate } from './changeEstimate.js'
import { EstimateRows } from './EstimateRows.js'
import type { PlanChangeClassNames } from './planChangeParts.js'
import { planChangeDialogMessages } from './planChangeDialogMessages.js'

interface ChangeCostProps extends LocalizedProps<typeof planChangeDialogMessages> {
  when: ChangeMoment
  estimate: ChangeEstimate
  /** Whether the new plan also charges by use. */
  isMetered: boolean
  classNames: PlanChangeClassNames
}

/** What the change costs today, as far as that is known here. */
export function ChangeCost({ when, estimate, isMetered, ...rest }: ChangeCostProps): ReactElement {
  const text = translator(planChangeDialogMessages, rest.messages, rest.locale)
  const note = { trial: 'inTrial', unknown: 'notEstimated', amounts: null } as const
  const key = when === 'period_end' ? 'later' : note[estimate.kind]
  return (
    <>
      {when === 'now' && estimate.kind === 'amounts' && <EstimateRows estimate={estimate} {...rest} />}
      {key !== null && <p {...part('note', rest.classNames)}>{text(key)}</p>}
      {isMetered && <p {...part('note', rest.classNames)}>{text('usage')}</p>}
    </>
  )
}
