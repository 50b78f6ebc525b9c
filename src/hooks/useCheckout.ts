'use client'
import type { UseMutationResult } from '@tanstack/react-query'
import type { CheckoutInput } from '../contract/checkout.js'
import type { BillingError } from '../contract/errors.js'
import { checkoutMutationOptions, type CheckoutOptions, type CheckoutResult } from '../query/checkout.js'
import { useSession } from './fromFactory.js'

/**
 * Opens a checkout: `mutate({ planType: 'pro' })` goes to its page, and stays pending until the page is left. With
 * `redirect: false` the URL comes back as `data.checkoutUrl`. With `mode: 'embed'` it opens over
 * this page, and stays pending until it is paid or closed (`data.completed`).
 */
export function useCheckout(
  options?: CheckoutOptions,
): UseMutationResult<CheckoutResult, BillingError, CheckoutInput | void> {
  return useSession(checkoutMutationOptions, options)
}
