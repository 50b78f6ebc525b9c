import { clsx } from 'clsx/lite'
import { type ComponentPropsWithoutRef, forwardRef } from 'react'

export interface ActionButtonViewProps extends ComponentPropsWithoutRef<'button'> {
  /** `busy` and `loading` take no click, and keep the focus; `done` is nothing to click any more. @default 'idle' */
  state?: 'idle' | 'loading' | 'busy' | 'done' | undefined
  /** What went wrong the last time, for people. */
  errorText?: string | null | undefined
}

/** A button whose click takes a while, with its error beside it. Renders a `<button>`; its state is on `data-state`. */
export const ActionButtonView = forwardRef<HTMLButtonElement, ActionButtonViewProps>(
  function ActionButtonView({ state = 'idle', errorText, className, onClick, children, ...props }, ref) {
    const isIdle = state === 'idle'
    return (
      <>
        <button
          ref={ref}
          type="button"
          className={clsx('billing-button', className)}
          data-state={errorText && isIdle ? 'error' : state}
          aria-disabled={!isIdle || undefined}
          aria-busy={state === 'busy' || undefined}
          onClick={isIdle ? onClick : undefined}
          {...props}
        >
          {children}
        </button>
        {errorText && (
          <span role="alert" className="billing-error">
            {errorText}
          </span>
        )}
      </>
    )
  },
)
