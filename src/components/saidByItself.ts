'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useBilling } from '../context.js'
import type { CompleteSubscription } from '../contract/subscription.js'
import type { SubscriptionUpdate } from '../contract/update.js'
import { billingQueryKey } from '../query/config.js'

const marked = new WeakSet<object>()

/** Marks a change of the subscription: whoever begins it says how it went. */
export function sayingItself(update: SubscriptionUpdate): SubscriptionUpdate {
  marked.add(update)
  return update
}

/** Whether such a change led to this plan, or may: it is said already, or will be. */
export function useIsSaidByItself(planType: string | null | undefined): boolean {
  const mutationKey = billingQueryKey(useBilling().organizationId, 'updateSubscription')
  const changes = useQueryClient().getMutationCache().findAll({ mutationKey })
  return changes.some(({ state: { status, variables, data } }) => {
    const changed = data as CompleteSubscription | undefined
    return (
      status !== 'error' && marked.has(variables as object) && (!changed || changed.planType === planType)
    )
  })
}
