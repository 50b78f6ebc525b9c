import { clsx } from 'clsx/lite'
import { forwardRef, type ReactNode } from 'react'
import { Root, type RootProps } from '../Root.js'

export interface ActionButtonViewProps extends RootProps<'button', 'error'> {
  /** `busy` and `loading` take no click, and keep the focus; `done` is nothing to click any more. @default 'idle' */
  state?: 'idle' | 'loading' | 'busy' | 'done' | undefined
  /** What went wrong the last time, for people. */
  errorText?: string | null | undefined
  /** What the button says, instead of its own words. */
  children?: ReactNode
}

/** A button whose click takes a while, with its error beside it. Renders a `<button>`; its state is on `data-state`. */
export const ActionButtonView = forwardRef<HTMLButtonElement, ActionButtonViewProps>(
  function ActionButtonView({ state = 'idle', errorText, onClick, children, ...props }, ref) {
    const isIdle = state === 'idle'
    const { classNames, unstyled } = props
    return (
      <>
        <Root
          tag="button"
          baseClass="billing-button"
          ref={ref}
          type="button"
          data-state={errorText && isIdle ? 'error' : state}
          aria-disabled={!isIdle || undefined}
          aria-busy={state === 'busy' || undefined}
          onClick={isIdle ? onClick : undefined}
          {...props}
        >
          {children}
        </Root>
        {errorText && (
          <span
            role="alert"
            data-billing-part="error"
            className={clsx(!unstyled && 'billing-error', classNames?.error)}
          >
            {errorText}
          </span>
        )}
      </>
    )
  },
)
