import type { FormEvent, ReactElement } from 'react'
import type { Plan } from '../../contract/plans.js'
import { MAX_CHECKOUT_SEATS } from '../../contract/seats.js'
import { ActionButtonView, type ActionButtonViewProps } from '../ActionButton/ActionButtonView.js'
import { part } from '../Root.js'
import type { PricingClassNames } from './pricingParts.js'

interface PlanActionProps {
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
  classNames: PricingClassNames
  unstyled: boolean | undefined
}

/** A plan's button, and how many seats it buys. */
export function PlanAction(props: PlanActionProps): ReactElement {
  const { headingId, label, state, isMain, errorText, href, seats, onSelect, classNames, unstyled } = props
  const link = href !== null && (
    // Not a button any more: it has no type.
    <a href={href} type={undefined}>
      {label}
    </a>
  )

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
        state={state}
        errorText={errorText}
        data-variant={isMain ? undefined : 'quiet'}
        aria-describedby={headingId}
        classNames={{ error: classNames?.error }}
        unstyled={unstyled}
        render={link || undefined}
      >
        {label}
      </ActionButtonView>
    </form>
  )
}
