import { type QueryClient, queryOptions, skipToken, type UseMutationOptions } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { Seats, SeatsUpdate } from '../contract/seats.js'
import { billingQueryKey, type BillingQueryConfig, callTransport } from './config.js'
import { heal } from './heal.js'
import { onlyOnce } from './onlyOnce.js'
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

/** Gives a seat to somebody, takes it back, or sends the invitation again. The answer shows at once. */
export function updateSeatsMutationOptions(
  config: BillingQueryConfig,
  queryClient: QueryClient,
): UseMutationOptions<Seats, BillingError, SeatsUpdate> {
  const mutationKey = billingQueryKey(config.organizationId, 'updateSeats')
  const { queryKey } = seatsQueryOptions(config)
  const isLast = (): boolean => queryClient.isMutating({ mutationKey }) === 1
  return {
    mutationKey,
    networkMode: 'always',
    retry: false,
    mutationFn: (update) =>
      onlyOnce(config.transport, JSON.stringify([mutationKey, update]), () =>
        callTransport(config, 'updateSeats', update),
      ),
    // An answer that is on its way is from before.
    onMutate: () => queryClient.cancelQueries({ queryKey }),
    onSuccess: (seats) => {
      // Each answer is the whole list. While another update runs it may lack that one's change, whichever comes first.
      if (isLast()) queryClient.setQueryData(queryKey, seats)
    },
    onSettled: () => {
      if (isLast()) void queryClient.invalidateQueries({ queryKey })
    },
  }
}
