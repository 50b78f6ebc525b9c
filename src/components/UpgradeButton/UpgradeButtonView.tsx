import { forwardRef } from 'react'
import type { BillingError } from '../../contract/errors.js'
import { ActionButtonView, type ActionButtonViewProps } from '../ActionButton/ActionButtonView.js'

export interface UpgradeButtonViewProps extends Omit<ActionButtonViewProps, 'errorText' | 'state'> {
  /** `current`: the organization has the plan already. @default 'idle' */
  state?: 'idle' | 'loading' | 'busy' | 'current' | undefined
  /** The name of the plan that is sold. */
  planName?: string | undefined
  error?: BillingError | null | undefined
}

/** Opens a checkout. Renders a `<button>`; its state is on `data-state` (`idle`, `loading`, `busy`, `error`, `done`). */
export const UpgradeButtonView = forwardRef<HTMLButtonElement, UpgradeButtonViewProps>(
  function UpgradeButtonView({ state, planName, error, children, ...props }, ref) {
    const isCurrent = state === 'current'
    // A conflict is about the customer's own subscription, and the server says what to do.
    const errorText =
      error?.code === 'CONFLICT' ? error.message : 'Could not open the checkout. Please try again.'
    return (
      <ActionButtonView
        ref={ref}
        state={isCurrent ? 'done' : state}
        errorText={error && errorText}
        {...props}
      >
        {isCurrent ? 'Current plan' : (children ?? (planName ? `Upgrade to ${planName}` : 'Upgrade'))}
      </ActionButtonView>
    )
  },
)
