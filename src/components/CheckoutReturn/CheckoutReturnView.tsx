import { forwardRef } from 'react'
import type { CheckoutReturnState } from '../../hooks/useCheckoutReturn.js'
import { ActionButtonView } from '../ActionButton/ActionButtonView.js'
import { buttonPart, type ButtonsProps } from '../ActionButton/buttonPart.js'
import { part, Root, type RootProps } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import { checkoutReturnMessages } from './checkoutReturnMessages.js'

export interface CheckoutReturnViewProps
  extends
    RootProps<'div', 'title' | 'detail' | 'retry' | 'button'>,
    ButtonsProps,
    LocalizedProps<typeof checkoutReturnMessages> {
  /** How the purchase is coming along: see `useCheckoutReturn`. `idle` renders nothing. */
  state: CheckoutReturnState
  /** What was bought, once it is active. */
  planName?: string | null | undefined
  /** Called by "Check again", after `timed_out`. */
  onRetry?: (() => void) | undefined
}

/**
 * Says how a purchase is coming along, after the browser came back from the checkout. Renders a `<div role="status">`, or nothing
 * while there is nothing to say; its state is on `data-state`.
 */
export const CheckoutReturnView = forwardRef<HTMLDivElement, CheckoutReturnViewProps>(
  function CheckoutReturnView({ state, planName, onRetry, renderButton, locale, messages, ...props }, ref) {
    if (state === 'idle') return null
    const { classNames } = props
    const text = translator(checkoutReturnMessages, messages, locale)
    return (
      <Root tag="div" baseClass="billing-return" ref={ref} role="status" data-state={state} {...props}>
        <strong {...part('title', classNames)}>
          {state === 'active' && planName ? text('activePlan', { plan: planName }) : text(state)}
        </strong>
        <span {...part('detail', classNames)}>{text(`${state}Detail`)}</span>
        {state === 'timed_out' && onRetry && (
          <ActionButtonView {...buttonPart('quiet', { ...props, renderButton }, 'retry')} onClick={onRetry}>
            {text('retry')}
          </ActionButtonView>
        )}
      </Root>
    )
  },
)
