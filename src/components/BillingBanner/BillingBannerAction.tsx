'use client'
import type { ReactElement, RefObject } from 'react'
import { useBilling } from '../../context.js'
import { useIsomorphicLayoutEffect } from '../../hooks/useIsomorphicLayoutEffect.js'
import type { useUpdateSubscription } from '../../hooks/useUpdateSubscription.js'
import { ActionButtonView } from '../ActionButton/ActionButtonView.js'
import { buttonPart, type ButtonStyling } from '../ActionButton/buttonPart.js'
import { changeFailureText } from '../failureText.js'
import { isMissing } from '../../contract/isMissing.js'
import { PortalButton } from '../PortalButton/PortalButton.js'
import type { Translate } from '../translator.js'
import { useIsUpdating } from '../useIsUpdating.js'
import type { billingBannerMessages } from './billingBannerMessages.js'
import type { NoticeKind } from './pickNotice.js'

interface BillingBannerActionProps {
  kind: NoticeKind
  text: Translate<typeof billingBannerMessages>
  /** Held by the banner, which stays while the notice goes and comes back. */
  update: ReturnType<typeof useUpdateSubscription>
  onUpgrade: (() => void) | undefined
  styling: ButtonStyling
  /** What stands in front of the notice, and stays. */
  before: RefObject<HTMLElement | null>
}

const RESUME = { paused: 'resume', cancel_scheduled: 'keep', pause_scheduled: 'unpause' } as const

/** The button for what can be done about a notice here; nothing where nothing can be. */
export function BillingBannerAction({
  kind,
  text,
  update,
  onUpgrade,
  before,
  styling,
}: BillingBannerActionProps): ReactElement | null {
  const { transport } = useBilling()
  const isUpdating = useIsUpdating()
  useIsomorphicLayoutEffect(
    () => () => {
      // The notice goes, and whatever button in it was clicked. What comes next with the keyboard is what comes after it.
      const { current } = before
      if (current?.nextElementSibling?.contains(document.activeElement))
        current.focus({ preventScroll: true })
    },
    [before],
  )
  switch (kind) {
    case 'past_due':
    case 'access_ended':
    case 'incomplete':
      return <PortalButton {...buttonPart('primary', styling)}>{text('updatePayment')}</PortalButton>
    case 'limit_reached':
    case 'near_limit':
      return onUpgrade ? (
        <ActionButtonView {...buttonPart('primary', styling)} onClick={onUpgrade}>
          {text('upgrade')}
        </ActionButtonView>
      ) : null
    case 'paused':
    case 'cancel_scheduled':
    case 'pause_scheduled':
      if (!transport.updateSubscription || isMissing(update.error))
        return <PortalButton {...buttonPart('quiet', styling)} />
      return (
        <ActionButtonView
          {...buttonPart('quiet', styling)}
          state={isUpdating ? 'busy' : 'idle'}
          errorText={update.error && changeFailureText(update.error, text, text('resumeFailed'))}
          onClick={() => update.mutate({ action: 'resume' })}
        >
          {text(RESUME[kind])}
        </ActionButtonView>
      )
    case 'trial_ending':
      return <PortalButton {...buttonPart('quiet', styling)} />
    case 'stale':
      return null
  }
}
