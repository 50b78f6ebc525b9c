import type { MutationCache } from '@tanstack/react-query'
import type { CompleteSubscription } from '../contract/subscription.js'
import type { SubscriptionUpdate } from '../contract/update.js'

const said = new WeakSet<object>()

/** Marks a change of the subscription: whoever begins it says how it went. */
export function sayingItself(update: SubscriptionUpdate): SubscriptionUpdate {
  said.add(update)
  return update
}

/** Whether such a change led to this plan, or may: it is said already, or will be. */
export function isSaidByItself(
  mutations: MutationCache,
  mutationKey: readonly unknown[],
  planType: string | null,
): boolean {
  return mutations.findAll({ mutationKey }).some(({ state }) => {
    const { status, variables } = state
    const data = state.data as CompleteSubscription | undefined
    if (status === 'error' || !said.has(variables as object)) return false
    return data === undefined || data.planType === planType
  })
}
