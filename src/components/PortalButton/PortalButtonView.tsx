import { forwardRef } from 'react'
import { ActionButtonView, type ActionButtonViewProps } from '../ActionButton/ActionButtonView.js'
import { type LocalizedProps, translator } from '../translator.js'
import { portalButtonMessages } from './portalButtonMessages.js'

export interface PortalButtonViewProps
  extends Omit<ActionButtonViewProps, 'errorText' | 'state'>, LocalizedProps<typeof portalButtonMessages> {
  /** `busy`: from the click until the page is left. @default 'idle' */
  state?: 'idle' | 'busy' | undefined
  /** Why the last click did not work. */
  error?: unknown
}

/** Opens the customer portal. Renders a `<button>`; its state is on `data-state` (`idle`, `busy`, `error`). */
export const PortalButtonView = forwardRef<HTMLButtonElement, PortalButtonViewProps>(
  function PortalButtonView({ error, children, locale, messages, ...props }, ref) {
    const text = translator(portalButtonMessages, messages, locale)
    return (
      <ActionButtonView ref={ref} errorText={error ? text('failed') : null} data-variant="quiet" {...props}>
        {children ?? text('label')}
      </ActionButtonView>
    )
  },
)
