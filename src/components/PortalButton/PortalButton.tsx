'use client'
import { forwardRef } from 'react'
import { useBilling } from '../../context.js'
import { useBillingStatus } from '../../hooks/useBillingStatus.js'
import { usePortal } from '../../hooks/usePortal.js'
import { isMissing } from '../../contract/isMissing.js'
import { useLocalization } from '../useLocalization.js'
import { PortalButtonView, type PortalButtonViewProps } from './PortalButtonView.js'

export type PortalButtonProps = Omit<PortalButtonViewProps, 'state' | 'error' | 'locale' | 'timeZone'>

/**
 * Leads to the customer portal: subscription, payment method, invoices, cancel. Renders nothing where there is nothing to manage,
 * nobody is signed in, or the backend has no portal.
 */
export const PortalButton = forwardRef<HTMLButtonElement, PortalButtonProps>(function PortalButton(
  { onClick, ...props },
  ref,
) {
  const { organizationId, transport } = useBilling()
  const { data, failureReason, errorUpdateCount } = useBillingStatus()
  const portal = usePortal()
  const localization = useLocalization('PortalButton', props)
  // If the status cannot be read, there may be something to manage.
  const isEmpty = data
    ? data.status === 'none' && data.customerId === null
    : !(failureReason ?? errorUpdateCount)
  if (organizationId === null || isEmpty || !transport.createPortalSession || isMissing(portal.error))
    return null
  return (
    <PortalButtonView
      ref={ref}
      state={portal.isPending ? 'busy' : 'idle'}
      error={portal.error}
      onClick={(event) => {
        onClick?.(event)
        if (!event.defaultPrevented) portal.mutate()
      }}
      {...props}
      {...localization}
    />
  )
})
