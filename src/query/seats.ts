import { type QueryClient, queryOptions, skipToken, type UseMutationOptions } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { Seats, SeatsUpdate } from '../contract/seats.js'
import { billingQueryKey, type BillingQueryConfig, callTransport } from './config.js'
import { heal } from './heal.js'
import { onceOptions } from './onceOptions.js'
import { readPolicy } from './read.js'

/** Who has the seats of the subscription. Without an organization nothing is fetched. */
export function seatsQueryOptions(config: BillingQueryConfig) {
  const { organizationId } = config
  return queryOptions<Seats, BillingError, Seats, ReturnType<typeof billingQueryKey>>({
    ...readPolicy,
    refetchInterval: heal,
    queryKey: billingQueryKey(organizationId, 'listSeats'),
    queryFn:
      organizationId === null ? skipToken : ({ signal }) => callTransport(config, 'listSeats', {}, signal),
  })
}

/**
 * Gives a seat to somebody, takes it back, or sends the invitation again. The answer shows at once. Then the list is read again, whatever
 * the answer was: an update that got none may have happened.
 */
export function updateSeatsMutationOptions(
  config: BillingQueryConfig,
  queryClient: QueryClient,
): UseMutationOptions<Seats, BillingError, SeatsUpdate> {
  return onceOptions(config, 'updateSeats', (update) => change(config, queryClient, update))
}

async function change(
  config: BillingQueryConfig,
  queryClient: QueryClient,
  update: SeatsUpdate,
): Promise<Seats> {
  const { queryKey } = seatsQueryOptions(config)
  const mutationKey = billingQueryKey(config.organizationId, 'updateSeats')
  const answer = callTransport(config, 'updateSeats', update)
  const seats = await answer.catch(() => undefined)
  // A read that is on its way by now is from before.
  await queryClient.cancelQueries({ queryKey })
  // Each answer is the whole list. While another update runs it may lack that one's change, whichever comes first.
  if (queryClient.isMutating({ mutationKey }) === 1) queryClient.setQueryData(queryKey, seats)
  void queryClient.invalidateQueries({ queryKey })
  return answer
}
