'use client'
import { useIsMutating } from '@tanstack/react-query'
import { useBilling } from '../context.js'
import { billingQueryKey } from '../query/config.js'

/** Whether the subscription is being changed, by any component: nobody takes back what the server has not heard of yet. */
export function useIsUpdating(): boolean {
  const { organizationId } = useBilling()
  return useIsMutating({ mutationKey: billingQueryKey(organizationId, 'updateSubscription') }) > 0
}
