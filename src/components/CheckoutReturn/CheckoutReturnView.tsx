import { clsx } from 'clsx/lite'
import { type ComponentPropsWithoutRef, forwardRef } from 'react'
import type { CheckoutReturnState } from '../../hooks/useCheckoutReturn.js'

export interface CheckoutReturnViewProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
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
  function CheckoutReturnView({ state, planName, onRetry, className, ...props }, ref) {
    if (state === 'idle') return null
    const { title, detail } = TEXT[state]
    return (
      <div
        ref={ref}
        role="status"
        className={clsx('billing-return', className)}
        data-state={state}
        {...props}
      >
        <strong data-billing-part="title">
          {state === 'active' && planName ? `You are on ${planName}` : title}
        </strong>
        <span data-billing-part="detail">{detail}</span>
        {state === 'timed_out' && onRetry && (
          <button type="button" className="billing-button" data-variant="quiet" onClick={onRetry}>
            Check again
          </button>
        )}
      </div>
    )
  },
)

const TEXT = {
  waiting: { title: 'Confirming your purchase…', detail: 'This usually takes a few seconds.' },
  paid_pending: { title: 'Payment received', detail: 'Your plan is being activated…' },
  active: { title: 'Your plan is active', detail: 'Thank you! Everything it offers is ready to use.' },
  failed: {
    title: 'This checkout was not completed',
    detail: 'Nothing was bought for this organization. You can start again at any time.',
  },
  timed_out: {
    title: 'Still waiting for the confirmation',
    detail: 'Your plan shows here as soon as the payment is confirmed. Please do not pay again.',
  },
} as const satisfies Record<Exclude<CheckoutReturnState, 'idle'>, { title: string; detail: string }>
