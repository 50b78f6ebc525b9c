import { type FormEvent, type ReactElement, useId } from 'react'
import type { PlanChangeSlot } from '../PlanChangeDialog/planChangeParts.js'
import { planChangeDialogMessages } from '../PlanChangeDialog/planChangeDialogMessages.js'
import { part, type Styling } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import type { SeatRange } from './seatRange.js'

interface SeatsFieldProps extends LocalizedProps<typeof planChangeDialogMessages> {
  value: string
  onChange: (value: string) => void
  /** Enter. */
  onConfirm: () => void
  range: SeatRange
  isInvalid: boolean
  isBusy: boolean
  classNames: Styling<PlanChangeSlot | 'seats'>['classNames']
}

/** How many seats, and how many there have to be. */
export function SeatsField(props: SeatsFieldProps): ReactElement {
  const { value, onChange, onConfirm, range, isInvalid, isBusy, classNames, locale, messages } = props
  const id = useId()
  const text = translator(planChangeDialogMessages, messages, locale)
  const { min, max, isInUse } = range
  const note = isInvalid ? text('seatsInvalid', { min, max }) : isInUse ? text('seatsInUse', { min }) : null
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
        aria-invalid={isInvalid || undefined}
        aria-describedby={note === null ? undefined : `${id}note`}
      />
      {note !== null && (
        <p
          id={`${id}note`}
          role={isInvalid ? 'alert' : undefined}
          {...part(isInvalid ? 'error' : 'note', classNames)}
        >
          {note}
        </p>
      )}
    </form>
  )
}
