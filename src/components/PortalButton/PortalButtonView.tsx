import { forwardRef } from 'react'
import { ActionButtonView, type ActionButtonViewProps } from '../ActionButton/ActionButtonView.js'

export interface PortalButtonViewProps extends Omit<ActionButtonViewProps, 'errorText' | 'state'> {
  /** @default 'idle' */
  state?: 'idle' | 'busy' | undefined
  error?: unknown
}

/** Opens the customer portal. Renders a `<button>`; its state is on `data-state` (`idle`, `busy`, `error`). */
export const PortalButtonView = forwardRef<HTMLButtonElement, PortalButtonViewProps>(
  function PortalButtonView({ error, children = 'Manage billing', ...props }, ref) {
    const errorText = error ? 'Could not open the customer portal. Please try again.' : null
    return (
      <ActionButtonView ref={ref} errorText={errorText} data-variant="quiet" {...props}>
        {children}
      </ActionButtonView>
    )
  },
)
