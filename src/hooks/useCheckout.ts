'use client'
import type { UseMutationResult } from '@tanstack/react-query'
import type { Checkout, CheckoutInput } from '../contract/checkout.js'
import type { BillingError } from '../contract/errors.js'
import { checkoutMutationOptions } from '../query/checkout.js'
import type { SessionOptions } from '../query/session.js'
import { useSession } from './fromFactory.js'

/**
 * Opens a checkout: `mutate({ planType: 'pro' })` goes to its page, and stays pending until the page is left. With
 * `redirect: false` the URL comes back as `data.checkoutUrl`.
 */
export function useCheckout(
  options?: SessionOptions,
): UseMutationResult<Checkout, BillingError, CheckoutInput | void> {
  return useSession(checkoutMutationOptions, options)
}
