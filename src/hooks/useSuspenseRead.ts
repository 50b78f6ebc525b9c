'use client'
import {
  type QueryKey,
  type SkipToken,
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
  assertReadable(query.queryFn)
  return useSuspenseQuery({
    ...query,
    ...ONCE_ON_SERVER,
    ...options,
  } as UseSuspenseQueryOptions<Answer, BillingError, Data, Key>)
}

/** A server that waits to ask again holds up the page; the browser asks once it is there. */
export const ONCE_ON_SERVER = typeof document === 'undefined' ? ({ retry: false } as const) : {}

/** @throws BillingError `UNAUTHORIZED` where there is nothing to wait for: it would suspend for ever */
export function assertReadable<Fn>(queryFn: Fn): asserts queryFn is Exclude<Fn, SkipToken> {
  if (queryFn !== skipToken) return
  throw new BillingError(
    'UNAUTHORIZED',
    'Nobody is signed in, so there is nothing to wait for: render this only where organizationId is not null.',
  )
}
