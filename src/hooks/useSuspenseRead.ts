'use client'
import {
  type QueryKey,
  skipToken,
  type UseQueryOptions,
  useSuspenseQuery,
  type UseSuspenseQueryOptions,
  type UseSuspenseQueryResult,
} from '@tanstack/react-query'
import { useBilling } from '../context.js'
import { BillingError } from '../contract/errors.js'
import type { BillingQueryConfig } from '../query/config.js'

/** TanStack's options for a read that suspends, less what the kit decides. `select` may change the type of the data. */
export type SuspenseReadOptions<Answer, Data = Answer> = Omit<
  UseSuspenseQueryOptions<Answer, BillingError, Data>,
  'queryKey' | 'queryFn'
>

/**
 * Context + factory + `useSuspenseQuery`: the body of every hook that suspends until there is an answer.
 *
 * @throws BillingError to the error boundary: what the read failed with, `UNAUTHORIZED` where nobody is signed in
 */
export function useSuspenseRead<Answer, Data, Key extends QueryKey>(
  factory: (config: BillingQueryConfig) => UseQueryOptions<Answer, BillingError, Answer, Key>,
  options: SuspenseReadOptions<Answer, Data> | undefined,
): UseSuspenseQueryResult<Data, BillingError> {
  const query = factory(useBilling())
  // Nothing to wait for: it would suspend for ever.
  if (query.queryFn === skipToken) {
    throw new BillingError(
      'UNAUTHORIZED',
      'Nobody is signed in, so there is nothing to wait for: render this only where organizationId is not null.',
    )
  }
  return useSuspenseQuery({
    ...query,
    // A server that waits to ask again holds up the page; the browser asks once it is there.
    ...(typeof document === 'undefined' && { retry: false }),
    ...options,
  } as UseSuspenseQueryOptions<Answer, BillingError, Data, Key>)
}
