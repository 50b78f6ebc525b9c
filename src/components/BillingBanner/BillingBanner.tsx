'use client'
import { forwardRef, useRef } from 'react'
import { useBilling } from '../../context.js'
import { useBillingStatus } from '../../hooks/useBillingStatus.js'
import { useSubscription } from '../../hooks/useSubscription.js'
import { useUpdateSubscription } from '../../hooks/useUpdateSubscription.js'
import { useUsage } from '../../hooks/useUsage.js'
import type { ButtonStyling } from '../ActionButton/buttonPart.js'
import { Announcer } from '../BillingAnnouncer/BillingAnnouncer.js'
import { translator } from '../translator.js'
import { useLocalization } from '../useLocalization.js'
import { useNewUpdate } from '../useNewUpdate.js'
import { BillingBannerAction } from './BillingBannerAction.js'
import {
  type BillingBannerSlot,
  BillingBannerView,
  type BillingBannerViewProps,
  isCritical,
} from './BillingBannerView.js'
import { billingBannerMessages } from './billingBannerMessages.js'
import { type NoticeOptions, pickNotice } from './pickNotice.js'
import { useDismissed } from './useDismissed.js'
import { useNow } from './useNow.js'

export interface BillingBannerProps
  extends
    Omit<
      BillingBannerViewProps,
      | 'notice'
      | 'now'
      | 'subscription'
      | 'actions'
      | 'onDismiss'
      | 'locale'
      | 'timeZone'
      | 'classNames'
      | 'unstyled'
    >,
    ButtonStyling<BillingBannerSlot>,
    Pick<NoticeOptions, 'trialEndingDays' | 'nearAt'> {
  /** Whether notices can be hidden for the session, all but those about a payment that failed. @default true */
  dismissible?: boolean | undefined
  /** Leads to the price list, from a limit that is reached or near. Without it there is no button. */
  onUpgrade?: (() => void) | undefined
  /** Another clock, for tests and previews. */
  now?: Date | undefined
}

/**
 * The one thing about the plan that is urgent now, with the button for it. Renders nothing where there is none, or nothing is known.
 * Belongs on a page once: it also is the page's `BillingAnnouncer`.
 */
export const BillingBanner = forwardRef<HTMLDivElement, BillingBannerProps>(function BillingBanner(
  { dismissible = true, onUpgrade, now: clock, trialEndingDays, nearAt, renderButton, ...props },
  ref,
) {
  const { organizationId } = useBilling()
  const { data: status, dataUpdatedAt: statusReadAt } = useBillingStatus()
  const { data: subscription, dataUpdatedAt: subscriptionReadAt } = useSubscription()
  const { data: usage } = useUsage()
  const update = useUpdateSubscription()
  useNewUpdate(update.reset)
  const localization = useLocalization('BillingBanner', props)
  const { locale, timeZone, messages } = localization
  const minute = useNow(Math.max(statusReadAt, subscriptionReadAt))
  const now = clock ?? minute
  const notice = pickNotice(status, subscription, usage, now, { trialEndingDays, nearAt, timeZone })
  const [isDismissed, dismiss] = useDismissed(JSON.stringify([organizationId, notice]))
  const announcer = useRef<HTMLDivElement>(null)
  if (organizationId === null) return null
  const canDismiss = dismissible && notice !== null && !isCritical(notice.kind)
  const shown = canDismiss && isDismissed ? null : notice
  return (
    <>
      <Announcer key={organizationId} region={announcer} />
      <BillingBannerView
        ref={ref}
        notice={shown}
        now={now}
        subscription={subscription}
        onDismiss={canDismiss ? dismiss : undefined}
        actions={
          shown && (
            <BillingBannerAction
              kind={shown.kind}
              text={translator(billingBannerMessages, messages, locale)}
              update={update}
              before={announcer}
              onUpgrade={onUpgrade}
              styling={{ ...props, renderButton }}
            />
          )
        }
        {...props}
        {...localization}
      />
    </>
  )
})
