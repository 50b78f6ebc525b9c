import { type ReactElement, useId } from 'react'
import type { ChangeMoment } from '../../contract/update.js'
import { formatDate } from '../../format/date.js'
import { part } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import type { PlanChangeClassNames } from './planChangeParts.js'
import { planChangeDialogMessages } from './planChangeDialogMessages.js'

interface WhenChoiceProps extends LocalizedProps<typeof planChangeDialogMessages> {
  value: ChangeMoment
  onChange: (when: ChangeMoment) => void
  /** ISO 8601; `null` if it is not known. */
  periodEnd: string | null
  isDisabled: boolean
  classNames: PlanChangeClassNames
}

/** Now, or at the end of the period. */
export function WhenChoice(props: WhenChoiceProps): ReactElement {
  const { value, onChange, periodEnd, isDisabled, classNames, locale, timeZone, messages } = props
  const name = useId()
  const text = translator(planChangeDialogMessages, messages, locale)
  const later =
    periodEnd === null
      ? text('periodEnd')
      : text('periodEndOn', { date: formatDate(periodEnd, locale, timeZone) })
  return (
    <fieldset {...part('when', classNames)} disabled={isDisabled}>
      <legend>{text('when')}</legend>
      {(['now', 'period_end'] as const).map((when) => (
        <label key={when}>
          <input
            type="radio"
            name={name}
            value={when}
            checked={value === when}
            onChange={() => onChange(when)}
          />
          {when === 'now' ? text('now') : later}
        </label>
      ))}
    </fieldset>
  )
}
