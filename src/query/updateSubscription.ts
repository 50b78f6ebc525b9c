import type { QueryClient, UseMutationOptions } from '@tanstack/react-query'
import { completeSubscription } from '../contract/completeSubscription.js'
import type { BillingError } from '../contract/errors.js'
import type { CompleteSubscription } from '../contract/subscription.js'
import type { SubscriptionUpdate } from '../contract/update.js'
import { billingQueryKey, type BillingQueryConfig, callTransport } from './config.js'
import { onceOptions } from './onceOptions.js'
import { onlyOnce } from './onlyOnce.js'
import { billingStatusQueryOptions } from './status.js'
import { subscriptionQueryOptions } from './subscription.js'

/**
 * Changes, cancels, pauses or resumes the subscription. To cancel and to take that back show at once, and are undone if the server
 * refuses; a change of plan is charged first, and may well be refused (`PAYMENT_REQUIRED`), so that nothing shows before its answer.
 * Then everything of the organization is read again, whatever the answer was: a change that got none may have happened. Two updates run
 * one after the other.
 */
export function updateSubscriptionMutationOptions(
  config: BillingQueryConfig,
  queryClient: QueryClient,
): UseMutationOptions<CompleteSubscription, BillingError, SubscriptionUpdate> {
  // All of it once: the second click of two must not take what the first one shows for the state before.
  return onceOptions(config, 'updateSubscription', (update) =>
    inTurn(config, () => change(config, queryClient, update)),
  )
}

/** Waits for an update that runs: the server takes one at a time, and what it shows early must not be taken for the state before. */
function inTurn<T>(config: BillingQueryConfig, run: () => Promise<T>): Promise<T> {
  let isOwn = false
  const running = onlyOnce(config.transport, `update ${config.organizationId}`, () => {
    isOwn = true
    return run()
  })
  const again = (): Promise<T> => inTurn(config, run)
  return isOwn ? running : running.then(again, again)
}

async function change(
  config: BillingQueryConfig,
  queryClient: QueryClient,
  update: SubscriptionUpdate,
): Promise<CompleteSubscription> {
  const undo = await showAtOnce(config, queryClient, update)
  try {
    const answer = await callTransport(config, 'updateSubscription', update)
    const subscription = completeSubscription(answer, config.catalog)
    queryClient.setQueryData(subscriptionQueryOptions(config).queryKey, subscription)
    return subscription
  } catch (error) {
    undo()
    throw error
  } finally {
    void queryClient.invalidateQueries({ queryKey: billingQueryKey(config.organizationId) })
  }
}

/** What is certain to come of an update shows before the answer. Returns how to undo it. */
async function showAtOnce(
  config: BillingQueryConfig,
  queryClient: QueryClient,
  { action }: SubscriptionUpdate,
): Promise<() => void> {
  if (action !== 'cancel' && action !== 'resume') return () => undefined
  const cancelAtPeriodEnd = action === 'cancel'
  const undo = await Promise.all([
    // No pause comes after an end, and of the two resume undoes the one that is planned.
    patch(queryClient, subscriptionQueryOptions(config).queryKey, {
      cancelAtPeriodEnd,
      pauseAtPeriodEnd: false,
    }),
    patch(queryClient, billingStatusQueryOptions(config).queryKey, { cancelAtPeriodEnd }),
  ])
  return () => undo.forEach((undoOne) => undoOne())
}

/** Changes what a query holds of a subscription that runs: to resume from a pause is charged, and that may fail. */
async function patch(
  queryClient: QueryClient,
  queryKey: readonly unknown[],
  changes: Partial<CompleteSubscription>,
): Promise<() => void> {
  // An answer that is on its way is from before. A first one may come: there is nothing to show yet.
  await queryClient.cancelQueries({ queryKey, predicate: ({ state }) => state.data !== undefined })
  const before = queryClient.getQueryData<Pick<CompleteSubscription, 'status'>>(queryKey)
  if (before === undefined || !/^(active|trialing|past_due)$/.test(before.status)) return () => undefined
  queryClient.setQueryData(queryKey, { ...before, ...changes })
  const updates = queryClient.getQueryState(queryKey)?.dataUpdateCount
  return () => {
    // What has been read since knows better than what was there before.
    if (queryClient.getQueryState(queryKey)?.dataUpdateCount === updates)
      queryClient.setQueryData(queryKey, before)
  }
}
