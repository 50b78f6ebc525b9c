'use client'
import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query'
import { useBilling } from '../context.js'
import type { BillingError } from '../contract/errors.js'
import type { CompleteSubscription } from '../contract/subscription.js'
import type { SubscriptionUpdate } from '../contract/update.js'
import { updateSubscriptionMutationOptions } from '../query/updateSubscription.js'

/**
 * Changes the plan, the seats, cancels, pauses or resumes: `mutate({ action: 'cancel', reason: 'unused' })`. To cancel and to take that
 * back show at once. A change of plan stays pending until it is paid: `error.code` is `PAYMENT_REQUIRED` if the payment did
 * not go through, and nothing has changed then. Where `error.status` is 0, or 500 and more, nobody knows whether anything has.
 */
export function useUpdateSubscription(): UseMutationResult<
  CompleteSubscription,
  BillingError,
  SubscriptionUpdate
> {
  return useMutation(updateSubscriptionMutationOptions(useBilling(), useQueryClient()))
}
