import { type FormEvent, type ReactElement, useId } from 'react'
import type { BillingError } from '../../contract/errors.js'
import type { Progress } from '../../hooks/useProgress.js'
import { ActionButtonView } from '../ActionButton/ActionButtonView.js'
import { buttonPart, type ButtonStyling } from '../ActionButton/buttonPart.js'
import { changeFailureText } from '../failureText.js'
import { part } from '../Root.js'
import type { Translate } from '../translator.js'
import type { seatListMessages } from './seatListMessages.js'
import type { SeatListSlot } from './SeatListView.js'

type Text = Translate<typeof seatListMessages>

interface AssignFormProps {
  progress: Progress | undefined
  onAssign: (email: string, input: HTMLInputElement) => void
  text: Text
  styling: ButtonStyling<SeatListSlot>
}

/** Gives a seat of a SeatListView to an e-mail address. */
export function AssignForm({ progress, onAssign, text, styling }: AssignFormProps): ReactElement {
  const { classNames } = styling
  const inputId = useId()
  const errorId = useId()
  const error = typeof progress === 'object' ? errorText(progress, text) : null
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const input = event.currentTarget.elements.namedItem('email')
    if (progress !== 'busy' && input instanceof HTMLInputElement) onAssign(input.value.trim(), input)
  }
  return (
    // The browser would say what is wrong in its own language.
    <form noValidate onSubmit={submit} {...part('form', classNames)}>
      <label htmlFor={inputId} {...part('label', classNames)}>
        {text('email')}
      </label>
      <input
        id={inputId}
        type="email"
        name="email"
        required
        autoComplete="off"
        aria-invalid={error !== null || undefined}
        aria-describedby={error === null ? undefined : errorId}
        {...part('input', classNames)}
      />
      <ActionButtonView
        type="submit"
        {...buttonPart('primary', styling, 'assign')}
        state={progress === 'busy' ? 'busy' : 'idle'}
      >
        {text('assign')}
      </ActionButtonView>
      {error !== null && (
        <span id={errorId} role="alert" {...part('error', classNames)}>
          {error}
        </span>
      )}
    </form>
  )
}

function errorText(error: BillingError, text: Text): string {
  return error.code === 'BAD_REQUEST' ? text('invalid') : changeFailureText(error, text, text('assignFailed'))
}
