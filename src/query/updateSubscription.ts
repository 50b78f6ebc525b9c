import type { QueryClient, UseMutationOptions } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { BillingStatus } from '../contract/status.js'
import type { CompleteSubscription } from '../contract/subscription.js'
import type { SubscriptionUpdate } from '../contract/update.js'
import { billingQueryKey, type BillingQueryConfig, callTransport } from './config.js'
import { onlyOnce } from './onlyOnce.js'
import { billingStatusQueryOptions } from './status.js'
import { subscriptionQueryOptions } from './subscription.js'

type Rollback = () => void
export type UpdateSubscriptionMutationOptions = UseMutationOptions<
  CompleteSubscription,
  BillingError,
  SubscriptionUpdate,
  Rollback
>

/**
 * Changes, cancels, pauses or resumes the subscription. To cancel and to take that back show at once, and are undone if the server
 * refuses; a change of plan is charged first, and may well be refused (`PAYMENT_REQUIRED`), so that nothing shows before its answer.
 */
export function updateSubscriptionMutationOptions(
  config: BillingQueryConfig,
  queryClient: QueryClient,
): UpdateSubscriptionMutationOptions {
  const { organizationId, transport } = config
  const mutationKey = billingQueryKey(organizationId, 'updateSubscription')
  const refresh = (): void =>
    void queryClient.invalidateQueries({ queryKey: billingQueryKey(organizationId) })
  return {
    mutationKey,
    networkMode: 'always',
    retry: false,
    mutationFn: (update) =>
      onlyOnce(transport, JSON.stringify([mutationKey, update]), async () => {
        const answer = await callTransport(config, 'updateSubscription', update)
        const { completeSubscription } = await import('../contract/completeSubscription.js')
        return completeSubscription(answer, config.catalog)
      }),
    onMutate: (update) => showAtOnce(config, queryClient, update),
    onSuccess: (subscription) => {
      queryClient.setQueryData(subscriptionQueryOptions(config).queryKey, subscription)
    },
    onError: (_error, _update, rollback) => rollback?.(),
    onSettled: refresh,
  }
}

/** What is certain to come of an update shows before the answer. */
async function showAtOnce(
  config: BillingQueryConfig,
  queryClient: QueryClient,
  { action }: SubscriptionUpdate,
): Promise<Rollback> {
  const subscriptionKey = subscriptionQueryOptions(config).queryKey
  const statusKey = billingStatusQueryOptions(config).queryKey
  // An answer that is on its way is from before.
  await queryClient.cancelQueries({ queryKey: billingQueryKey(config.organizationId) })
  const subscription = queryClient.getQueryData<CompleteSubscription>(subscriptionKey)
  const status = queryClient.getQueryData<BillingStatus>(statusKey)
  // Somebody who is paused is charged when he resumes: that may fail.
  const isPaused = (status ?? subscription)?.status === 'paused'
  if (action === 'cancel' || (action === 'resume' && !isPaused)) {
    const cancelAtPeriodEnd = action === 'cancel'
    if (subscription) {
      const pauseAtPeriodEnd = false
      queryClient.setQueryData(subscriptionKey, { ...subscription, cancelAtPeriodEnd, pauseAtPeriodEnd })
    }
    if (status) queryClient.setQueryData(statusKey, { ...status, cancelAtPeriodEnd })
  }
  return () => {
    queryClient.setQueryData(subscriptionKey, subscription)
    queryClient.setQueryData(statusKey, status)
  }
}
