'use client'
import { forwardRef, type ReactNode } from 'react'
import { useBilling } from '../../context.js'
import { findPlan } from '../../contract/findPlan.js'
import { useBillingStatus } from '../../hooks/useBillingStatus.js'
import { useSubscription } from '../../hooks/useSubscription.js'
import { pendingCheckout } from '../../query/pendingCheckout.js'
import type { ButtonStyling } from '../ActionButton/buttonPart.js'
import { isMissing } from '../../contract/isMissing.js'
import { translator } from '../translator.js'
import { useLocalization } from '../useLocalization.js'
import { type CancelDialogClasses, SubscriptionActions } from './SubscriptionActions.js'
import {
  type SubscriptionCardSlot,
  SubscriptionCardView,
  type SubscriptionCardViewProps,
} from './SubscriptionCardView.js'
import { subscriptionCardMessages } from './subscriptionCardMessages.js'

type Decided =
  | 'subscription'
  | 'error'
  | 'confirming'
  | 'nextPlanName'
  | 'endedAt'
  | 'locale'
  | 'timeZone'
  | 'classNames'
  | 'unstyled'

export interface SubscriptionCardProps
  extends Omit<SubscriptionCardViewProps, Decided>, ButtonStyling<SubscriptionCardSlot, CancelDialogClasses> {
  /** More buttons, before the ones that fit: `<UpgradeButton planType="pro" />`. */
  actions?: ReactNode
  /** Something else to take instead of canceling: see `CancelDialog`. */
  offer?: ReactNode
}

/**
 * The organization's subscription, with the buttons that fit: the customer portal, cancel, keep, resume. Renders nothing where nobody is
 * signed in, or where the backend tells nothing of subscriptions; without `updateSubscription` the portal is the only button.
 */
export const SubscriptionCard = forwardRef<HTMLElement, SubscriptionCardProps>(function SubscriptionCard(
  { actions, offer, renderButton, ...props },
  ref,
) {
  const { organizationId, catalog } = useBilling()
  const { data, failureReason, errorUpdateCount } = useSubscription()
  // It knows when a purchase has arrived.
  const { data: status } = useBillingStatus()
  const localization = useLocalization('SubscriptionCard', props)
  if (organizationId === null || isMissing(failureReason)) return null
  const { locale, messages } = localization
  const isRunning = data?.status === 'active' || data?.status === 'trialing'
  // What was bought is there, and this answer is from before.
  const isBehind = status?.isActive === true && /none|canceled|incomplete/.test(data?.status ?? '')
  return (
    <SubscriptionCardView
      ref={ref}
      subscription={data}
      error={failureReason ?? errorUpdateCount}
      confirming={isBehind || (!isRunning && pendingCheckout(organizationId) !== null)}
      // Only the status knows.
      endedAt={status?.status === 'canceled' ? status.expiresAt : null}
      nextPlanName={findPlan(catalog, data?.pendingChange?.planType)?.name}
      actions={
        data && (
          <>
            {actions}
            {/* Nobody who is asked about one organization answers for another. */}
            <SubscriptionActions
              key={organizationId}
              subscription={data}
              text={translator(subscriptionCardMessages, messages, locale)}
              offer={offer}
              styling={{ ...props, renderButton }}
            />
          </>
        )
      }
      {...props}
      {...localization}
    />
  )
})
