'use client'
import { forwardRef } from 'react'
import { useBilling } from '../../context.js'
import type { CheckoutInput } from '../../contract/checkout.js'
import type { BillingError } from '../../contract/errors.js'
import type { PlanId } from '../../contract/register.js'
import type { BillingStatus } from '../../contract/status.js'
import { useBillingStatus } from '../../hooks/useBillingStatus.js'
import { useCheckout } from '../../hooks/useCheckout.js'
import type { CheckoutOptions } from '../../query/checkout.js'
import { pendingCheckout } from '../../query/pendingCheckout.js'
import { isMissing } from '../../contract/isMissing.js'
import { useLocalization } from '../useLocalization.js'
import { UpgradeButtonView, type UpgradeButtonViewProps } from './UpgradeButtonView.js'

export interface UpgradeButtonProps
  extends
    Omit<UpgradeButtonViewProps, 'state' | 'error' | 'planName' | 'locale' | 'timeZone'>,
    Pick<CheckoutInput, 'planType' | 'interval' | 'seats'>,
    Pick<CheckoutOptions, 'mode' | 'theme'> {}

/**
 * Sells a plan: opens its checkout and goes there, or shows it over the page (`mode="embed"`). Without `planType` the server sells the
 * only plan it has. Renders nothing where nobody is signed in, or where the backend has no checkout.
 */
export const UpgradeButton = forwardRef<HTMLButtonElement, UpgradeButtonProps>(function UpgradeButton(
  { planType, interval, seats, mode, theme, onClick, ...props },
  ref,
) {
  const { organizationId, transport, catalog } = useBilling()
  const { data, failureReason, errorUpdateCount } = useBillingStatus()
  const checkout = useCheckout({ mode, theme })
  const localization = useLocalization('UpgradeButton', props)
  if (organizationId === null || !transport.createCheckout || isMissing(checkout.error)) return null
  return (
    <UpgradeButtonView
      ref={ref}
      // Also back from a checkout that is not confirmed yet: nothing should be bought twice.
      state={
        checkout.isPending || pendingCheckout(organizationId)
          ? 'busy'
          : stateOf(data, failureReason ?? errorUpdateCount, planType)
      }
      planName={catalog?.plans[planType ?? '']?.name}
      error={checkout.error}
      onClick={(event) => {
        onClick?.(event)
        if (!event.defaultPrevented) checkout.mutate({ planType, interval, seats })
      }}
      {...props}
      {...localization}
    />
  )
})

function stateOf(
  status: BillingStatus | undefined,
  failure: BillingError | number,
  planType: PlanId | undefined,
): UpgradeButtonViewProps['state'] {
  if (!status) return failure ? 'idle' : 'loading'
  // A plan whose payment failed, or that is paused, is still theirs: the portal is where to go.
  if (status.isActive || /past_due|paused/.test(status.status))
    return planType === undefined || (status.planType ?? planType) === planType ? 'current' : 'idle'
  return 'idle'
}
