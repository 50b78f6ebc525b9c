'use client'
import {
  type QueryKey,
  useMutation,
  type UseMutationOptions,
  type UseMutationResult,
  useQuery,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useBilling } from '../context.js'
import type { BillingError } from '../contract/errors.js'
import type { BillingQueryConfig } from '../query/config.js'

/**
 * TanStack's options for a read, less what the kit decides. `select` may change the type of the data. There is no `placeholderData`: what
 * was shown before may be another organization's.
 */
export type ReadOptions<Answer, Data = Answer> = Omit<
  UseQueryOptions<Answer, BillingError, Data>,
  'queryKey' | 'queryFn' | 'placeholderData'
>

/** Context + factory + `useQuery`: the body of every hook that reads. */
export function useRead<Answer, Data, Key extends QueryKey>(
  factory: (config: BillingQueryConfig) => UseQueryOptions<Answer, BillingError, Answer, Key>,
  options: ReadOptions<Answer, Data> | undefined,
): UseQueryResult<Data, BillingError> {
  // Also where the app's own client keeps what was shown before.
  return useQuery({ placeholderData: undefined, ...factory(useBilling()), ...options } as UseQueryOptions<
    Answer,
    BillingError,
    Data,
    Key
  >)
}

type SessionFactory<Answer, Input, Options> = (
  config: BillingQueryConfig,
  options?: Options,
) => UseMutationOptions<Answer, BillingError, Input>

/** Context + factory + `useMutation`: the body of the hooks that open a page of the provider. */
export function useSession<Answer, Input, Options>(
  factory: SessionFactory<Answer, Input, Options>,
  options: Options | undefined,
): UseMutationResult<Answer, BillingError, Input> {
  return useMutation(factory(useBilling(), options))
}
