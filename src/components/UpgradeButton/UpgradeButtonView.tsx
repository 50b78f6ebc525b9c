import { forwardRef } from 'react'
import type { BillingError } from '../../contract/errors.js'
import { ActionButtonView, type ActionButtonViewProps } from '../ActionButton/ActionButtonView.js'
import { type LocalizedProps, translator } from '../translator.js'
import { upgradeButtonMessages } from './upgradeButtonMessages.js'

export interface UpgradeButtonViewProps
  extends Omit<ActionButtonViewProps, 'errorText' | 'state'>, LocalizedProps<typeof upgradeButtonMessages> {
  /** `current`: the organization has the plan already. @default 'idle' */
  state?: 'idle' | 'loading' | 'busy' | 'current' | undefined
  /** The name of the plan that is sold. */
  planName?: string | undefined
  /** Why the last click did not work. */
  error?: BillingError | null | undefined
}

/** Opens a checkout. Renders a `<button>`; its state is on `data-state` (`idle`, `loading`, `busy`, `error`, `done`). */
export const UpgradeButtonView = forwardRef<HTMLButtonElement, UpgradeButtonViewProps>(
  function UpgradeButtonView({ state, planName, error, children, locale, messages, ...props }, ref) {
    const text = translator(upgradeButtonMessages, messages, locale)
    const isCurrent = state === 'current'
    // A conflict is about the customer's own subscription, and the server says what to do.
    const errorText = error?.code === 'CONFLICT' ? error.message : text('failed')
    const label = planName ? text('labelPlan', { plan: planName }) : text('label')
    return (
      <ActionButtonView
        ref={ref}
        state={isCurrent ? 'done' : state}
        errorText={error && errorText}
        {...props}
      >
        {isCurrent ? text('current') : (children ?? label)}
      </ActionButtonView>
    )
  },
)
