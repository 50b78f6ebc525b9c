import { type FormEvent, type ReactElement, useId } from 'react'
import type { PlanChangeClassNames } from '../PlanChangeDialog/planChangeParts.js'
import { planChangeDialogMessages } from '../PlanChangeDialog/planChangeDialogMessages.js'
import { part } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import type { SeatRange } from './seatRange.js'

interface SeatsFieldProps extends LocalizedProps<typeof planChangeDialogMessages> {
  value: string
  onChange: (value: string) => void
  /** Enter. */
  onConfirm: () => void
  range: SeatRange
  /** What is wrong with the number, for people. */
  problem: string | null
  isBusy: boolean
  classNames: PlanChangeClassNames
}

/** How many seats, and how many there have to be. */
export function SeatsField(props: SeatsFieldProps): ReactElement {
  const { value, onChange, onConfirm, range, problem, isBusy, classNames, locale, messages } = props
  const id = useId()
  const text = translator(planChangeDialogMessages, messages, locale)
  const { min, max, isInUse } = range
  const hint = min > 1 ? text(isInUse ? 'seatsInUse' : 'seatsAtLeast', { min }) : null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onConfirm()
  }
  return (
    // The browser would say what is wrong in its own language.
    <form noValidate onSubmit={submit} {...part('seats', classNames)}>
      <label htmlFor={`${id}input`}>{text('seatsNumber')}</label>
      <input
        id={`${id}input`}
        type="number"
        inputMode="numeric"
        required
        min={min}
        max={max}
        step={1}
        readOnly={isBusy}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null && hint === null ? undefined : `${id}note`}
      />
      {problem === null ? (
        hint !== null && (
          <p id={`${id}note`} {...part('note', classNames)}>
            {hint}
          </p>
        )
      ) : (
        <p id={`${id}note`} role="alert" {...part('error', classNames)}>
          {problem}
        </p>
      )}
    </form>
  )
}
