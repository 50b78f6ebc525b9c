'use client'
import { forwardRef } from 'react'
import { type CheckoutReturnOptions, useCheckoutReturn } from '../../hooks/useCheckoutReturn.js'
import { useLocalization } from '../useLocalization.js'
import { CheckoutReturnView, type CheckoutReturnViewProps } from './CheckoutReturnView.js'

export interface CheckoutReturnProps
  extends
    Omit<CheckoutReturnViewProps, 'state' | 'planName' | 'onRetry' | 'locale' | 'timeZone'>,
    CheckoutReturnOptions {}

/**
 * Belongs on the page that the checkout returns to: waits until the purchase has arrived, and says so. Renders nothing where
 * nothing was bought just now.
 */
export const CheckoutReturn = forwardRef<HTMLDivElement, CheckoutReturnProps>(function CheckoutReturn(
  { timeout, planType, ...props },
  ref,
) {
  const { state, status, retry } = useCheckoutReturn({ timeout, planType })
  const localization = useLocalization('CheckoutReturn', props)
  return (
    <CheckoutReturnView
      ref={ref}
      state={state}
      planName={status?.planName}
      onRetry={retry}
      {...props}
      {...localization}
    />
  )
})
