'use client'
import { type ReactElement, type ReactNode, useState } from 'react'
import { useBilling } from '../../context.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import { useUpdateSubscription } from '../../hooks/useUpdateSubscription.js'
import { ActionButtonView } from '../ActionButton/ActionButtonView.js'
import { buttonPart, type ButtonStyling, innerStyling } from '../ActionButton/buttonPart.js'
import { CancelDialog, type CancelDialogProps } from '../CancelDialog/CancelDialog.js'
import { changeFailureText } from '../failureText.js'
import { isMissing } from '../../contract/isMissing.js'
import { PortalButton } from '../PortalButton/PortalButton.js'
import type { Translate } from '../translator.js'
import { useIsUpdating } from '../useIsUpdating.js'
import { useNewUpdate } from '../useNewUpdate.js'
import type { subscriptionCardMessages } from './subscriptionCardMessages.js'

/** The classes of the dialog that asks before a plan is canceled. */
export interface CancelDialogClasses {
  readonly CancelDialog?: CancelDialogProps['classNames']
}

interface SubscriptionActionsProps {
  subscription: CompleteSubscription
  text: Translate<typeof subscriptionCardMessages>
  offer: ReactNode
  styling: ButtonStyling<never, CancelDialogClasses>
}

/** The buttons that fit the subscription. */
export function SubscriptionActions({
  subscription,
  text,
  offer,
  styling,
}: SubscriptionActionsProps): ReactElement {
  const { transport } = useBilling()
  const { mutate, reset, error } = useUpdateSubscription()
  useNewUpdate(reset)
  const [isCanceling, setIsCanceling] = useState(false)
  const isUpdating = useIsUpdating()
  const canUpdate = transport.updateSubscription !== undefined && !isMissing(error)
  const { status, cancelAtPeriodEnd, pauseAtPeriodEnd } = subscription
  const isUnpaid = status === 'past_due' || status === 'incomplete'
  const stopAction = canUpdate ? stopActionOf(subscription) : null
  const resume = (): void => mutate({ action: 'resume' })
  const common = { ...buttonPart('quiet', styling), state: isUpdating ? 'busy' : 'idle' } as const
  return (
    <>
      <PortalButton {...buttonPart(isUnpaid ? 'primary' : 'quiet', styling)}>
        {isUnpaid ? text('updatePayment') : undefined}
      </PortalButton>
      {canUpdate && pauseAtPeriodEnd && !cancelAtPeriodEnd && (
        <ActionButtonView {...common} onClick={resume}>
          {text('unpause')}
        </ActionButtonView>
      )}
      {stopAction && (
        // One element for all of them: it keeps the focus while the plan is canceled, and not.
        <ActionButtonView
          {...common}
          errorText={error && changeFailureText(error, text, text('resumeFailed'))}
          onClick={stopAction === 'cancel' ? () => setIsCanceling(true) : resume}
        >
          {text(stopAction)}
        </ActionButtonView>
      )}
      <CancelDialog
        open={isCanceling}
        onClose={() => setIsCanceling(false)}
        offer={offer}
        {...innerStyling(styling.classNames?.CancelDialog, styling)}
      />
    </>
  )
}

/** What the one button that stops a plan, or goes on with it, does now; `null`: there is nothing to stop. */
function stopActionOf({
  status,
  cancelAtPeriodEnd,
}: CompleteSubscription): 'cancel' | 'keep' | 'resume' | null {
  // It costs nothing until it is resumed, and the server cancels it no sooner.
  if (status === 'paused') return 'resume'
  if (status !== 'active' && status !== 'trialing' && status !== 'past_due') return null
  return cancelAtPeriodEnd ? 'keep' : 'cancel'
}
