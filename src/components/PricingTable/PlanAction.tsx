import type { FormEvent, ReactElement } from 'react'
import type { Plan } from '../../contract/plans.js'
import { MAX_CHECKOUT_SEATS } from '../../contract/seats.js'
import { ActionButtonView, type ActionButtonViewProps } from '../ActionButton/ActionButtonView.js'
import { buttonPart, type ButtonStyling } from '../ActionButton/buttonPart.js'
import { part } from '../Root.js'
import type { PricingSlot } from './pricingParts.js'

interface PlanActionProps extends ButtonStyling<PricingSlot> {
  /** The id of the plan's heading, which says what the button is about. */
  headingId: string
  label: string
  state: ActionButtonViewProps['state']
  isMain: boolean
  errorText: string | null
  /** Where to ask instead of buying. */
  href: Plan['contact']
  /** Absent where their number is not asked for. */
  seats: { label: string; minimum: number } | undefined
  onSelect: (seats: number | undefined) => void
}

/** A plan's button, and how many seats it buys. */
export function PlanAction(props: PlanActionProps): ReactElement {
  const { headingId, label, state, isMain, errorText, href, seats, onSelect, classNames } = props
  const button = buttonPart(isMain ? 'primary' : 'quiet', props)
  const link = href !== null && {
    href,
    // Not a button any more: it has no type.
    type: undefined,
    // A function sees the address; an element that is put in the place of buttons would lead nowhere.
    render: typeof button.render === 'function' ? button.render : <a href={href}>{label}</a>,
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    if (state !== 'idle') return
    const chosen = new FormData(event.currentTarget).get('seats')
    onSelect(chosen === null ? undefined : Number(chosen))
  }

  return (
    <form {...part('action', classNames)} onSubmit={submit}>
      {seats && (
        <label>
          {seats.label}
          <input
            type="number"
            name="seats"
            inputMode="numeric"
            required
            min={seats.minimum}
            max={MAX_CHECKOUT_SEATS}
            step={1}
            defaultValue={seats.minimum}
          />
        </label>
      )}
      <ActionButtonView
        type="submit"
        {...button}
        {...link}
        state={state}
        errorText={errorText}
        aria-describedby={headingId}
      >
        {label}
      </ActionButtonView>
    </form>
  )
}
