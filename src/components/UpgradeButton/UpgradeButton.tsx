'use client'
import { forwardRef } from 'react'
import { useBilling } from '../../context.js'
import type { CheckoutInput } from '../../contract/checkout.js'
import { useBillingStatus } from '../../hooks/useBillingStatus.js'
import { useCheckout } from '../../hooks/useCheckout.js'
import { isMissing } from '../isMissing.js'
import { UpgradeButtonView, type UpgradeButtonViewProps } from './UpgradeButtonView.js'

export interface UpgradeButtonProps
  extends
    Omit<UpgradeButtonViewProps, 'state' | 'error' | 'planName'>,
    Pick<CheckoutInput, 'planType' | 'interval' | 'seats'> {}

/**
 * Sells a plan: opens its checkout and goes there. Without `planType` the server sells the only plan it has. Renders nothing where
 * nobody is signed in, or where the backend has no checkout.
 */
export const UpgradeButton = forwardRef<HTMLButtonElement, UpgradeButtonProps>(function UpgradeButton(
  { planType, interval, seats, onClick, ...props },
  ref,
) {
  const { organizationId, transport, catalog } = useBilling()
  const { data, isPending } = useBillingStatus()
  const checkout = useCheckout()
  if (organizationId === null || !transport.createCheckout || isMissing(checkout.error)) return null
  const isConfirming = data?.checkout !== undefined && !data.isActive
  const isCurrent = data?.isActive && (planType === undefined || data.planType === planType)
  return (
    <UpgradeButtonView
      ref={ref}
      state={
        isCurrent ? 'current' : checkout.isPending || isConfirming ? 'busy' : isPending ? 'loading' : 'idle'
      }
      planName={catalog?.plans[planType ?? '']?.name}
      error={checkout.error}
      onClick={(event) => {
        onClick?.(event)
        if (!event.defaultPrevented) checkout.mutate({ planType, interval, seats })
      }}
      {...props}
    />
  )
})
