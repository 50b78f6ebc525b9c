import { forwardRef, type KeyboardEvent, type ReactNode, type SyntheticEvent } from 'react'
import type { BillingError } from '../../contract/errors.js'
import { ActionButtonView } from '../ActionButton/ActionButtonView.js'
import { Dialog } from '../Dialog/Dialog.js'
import { part, type RootProps } from '../Root.js'
import type { PlanChangeSlot } from './planChangeParts.js'

export interface ChangeDialogProps extends Omit<
  RootProps<'dialog', PlanChangeSlot>,
  'render' | 'open' | 'onClose' | 'onCancel' | 'title'
> {
  title: string
  /** Why there is nothing to confirm. */
  missing: 'loading' | 'unavailable' | null
  /** From the confirmation until the answer the dialog cannot be dismissed. */
  isBusy: boolean
  error: BillingError | null | undefined
  errorText: string | null
  confirmText: string
  dismissText: string
  onConfirm: () => void
  onDismiss: () => void
  /** Leads to where the payment method is: shown where the payment did not go through. */
  portal: ReactNode
  children: ReactNode
}

/** The frame of the dialogs that change what is paid for: what went wrong, and the buttons. */
export const ChangeDialog = forwardRef<HTMLDialogElement, ChangeDialogProps>(function ChangeDialog(
  {
    missing,
    isBusy,
    error,
    errorText,
    confirmText,
    dismissText,
    onConfirm,
    onDismiss,
    portal,
    children,
    ...props
  },
  ref,
) {
  const { classNames, unstyled } = props
  return (
    <Dialog
      ref={ref}
      onDismiss={isBusy ? () => undefined : onDismiss}
      data-state={missing ?? (isBusy ? 'busy' : error ? 'error' : 'idle')}
      aria-busy={isBusy || undefined}
      {...(isBusy && STAY_OPEN)}
      {...props}
    >
      {children}
      <div {...part('actions', classNames)}>
        {errorText !== null && (
          <p role="alert" {...part('error', classNames)}>
            {errorText}
          </p>
        )}
        {error?.code === 'PAYMENT_REQUIRED' && portal}
        <ActionButtonView
          data-variant="quiet"
          state={isBusy ? 'loading' : 'idle'}
          onClick={onDismiss}
          unstyled={unstyled}
        >
          {dismissText}
        </ActionButtonView>
        {missing === null && (
          <ActionButtonView state={isBusy ? 'busy' : 'idle'} onClick={onConfirm} unstyled={unstyled}>
            {confirmText}
          </ActionButtonView>
        )}
      </div>
    </Dialog>
  )
})

/** A browser closes a dialog at Escape, at the second one whatever the first was answered. */
const STAY_OPEN = {
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key === 'Escape') event.preventDefault()
  },
  onClose: ({ currentTarget: dialog }: SyntheticEvent<HTMLDialogElement>) => {
    if (!dialog.open) dialog.showModal()
  },
}
