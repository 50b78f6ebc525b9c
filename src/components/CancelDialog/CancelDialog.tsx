'use client'
import { clsx } from 'clsx/lite'
import { forwardRef } from 'react'
import { useBilling } from '../../context.js'
import { findPlan } from '../../contract/findPlan.js'
import { useSubscription } from '../../hooks/useSubscription.js'
import { useUpdateSubscription } from '../../hooks/useUpdateSubscription.js'
import { changeFailureText } from '../failureText.js'
import { isMissing } from '../../contract/isMissing.js'
import type { Styling } from '../Root.js'
import { translator } from '../translator.js'
import { useLocalization } from '../useLocalization.js'
import { useNewUpdate } from '../useNewUpdate.js'
import { cancelDialogMessages } from './cancelDialogMessages.js'
import { type CancelDialogSlot, CancelDialogView, type CancelDialogViewProps } from './CancelDialogView.js'

export interface CancelDialogProps
  extends
    Omit<
      CancelDialogViewProps,
      'subscription' | 'nextPlanName' | 'onConfirm' | 'locale' | 'timeZone' | 'classNames'
    >,
    Pick<Styling<CancelDialogSlot | 'error'>, 'classNames'> {
  /** Keep it rendered while it is closed: if the server refuses, its error shows in its place. */
  open: boolean
}

/**
 * Cancels the plan at the end of its period. It closes at once, and the plan shows as canceled at once; if the server refuses, that is
 * undone, and an alert says so where the dialog is rendered. Renders nothing where the backend cannot cancel.
 */
export const CancelDialog = forwardRef<HTMLDialogElement, CancelDialogProps>(function CancelDialog(
  { open, onClose, ...props },
  ref,
) {
  const { organizationId, transport, catalog } = useBilling()
  const { data: subscription } = useSubscription()
  const { mutate, reset, error } = useUpdateSubscription()
  useNewUpdate(reset)
  const localization = useLocalization('CancelDialog', props)
  if (organizationId === null || !transport.updateSubscription || isMissing(error)) return null
  if (open) {
    return (
      <CancelDialogView
        ref={ref}
        subscription={subscription}
        nextPlanName={findPlan(catalog, catalog?.defaultPlan)?.name}
        onConfirm={(cancellation) => {
          mutate({ action: 'cancel', ...cancellation })
          onClose()
        }}
        onClose={() => {
          reset()
          onClose()
        }}
        {...props}
        {...localization}
      />
    )
  }
  const text = translator(cancelDialogMessages, localization.messages, localization.locale)
  return (
    error && (
      <span
        role="alert"
        data-billing-part="error"
        className={clsx(props.unstyled !== true && 'billing-error', props.classNames?.error)}
      >
        {changeFailureText(error, text, text('failed'))}
      </span>
    )
  )
})
