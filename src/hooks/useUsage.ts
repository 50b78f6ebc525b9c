'use client'
import { type UseQueryResult, useQueryClient } from '@tanstack/react-query'
import { useBilling } from '../context.js'
import type { BillingError } from '../contract/errors.js'
import type { MeterId } from '../contract/register.js'
import type { CompleteMeterUsage, CompleteUsage } from '../contract/usage.js'
import { usageQueryOptions } from '../query/usage.js'
import { type ReadOptions, useRead } from './fromFactory.js'

type Meter = CompleteMeterUsage | undefined

export interface MeterUsageOptions extends Omit<ReadOptions<CompleteUsage, Meter>, 'select'> {
  /** Which meter of the catalog. */
  meter: MeterId
}

/** TanStack's result for one meter. The data is `undefined`, too, if the answer has no such meter. */
export type MeterUsageResult = UseQueryResult<Meter, BillingError> & {
  /**
   * Shows use before the server knows of it: as `pending`, with less `remaining` and more `overage`, wherever this meter is shown. It
   * stays until an answer has counted it, for a minute at most. Where nothing is known yet nothing changes.
   *
   * @param amount 0 or more, in the meter's unit; anything else is an unhandled TypeError and shows nothing
   * @returns takes it back: for work that failed
   */
  consume: (amount: number) => () => void
}

/**
 * The running period's usage, meter by meter, or with `meter` one of them. Asked again every few seconds while some of it is pending.
 */
export function useUsage<Data = CompleteUsage>(
  options?: ReadOptions<CompleteUsage, Data> & { meter?: never },
): UseQueryResult<Data, BillingError>
export function useUsage(options: MeterUsageOptions): MeterUsageResult
export function useUsage({ meter, ...options }: Partial<MeterUsageOptions> = {}): unknown {
  const billing = useBilling()
  const queryClient = useQueryClient()
  const select = ({ meters }: CompleteUsage): Meter => meters.find(({ key }) => key === meter)
  const result = useRead(usageQueryOptions, meter === undefined ? options : { ...options, select })
  if (meter === undefined) return result
  const consume: MeterUsageResult['consume'] = (amount) => {
    // Loaded when it is used: most apps only show usage. A page that outlived its deploy does without.
    const added = import('../query/consume.js').then(
      ({ consume }) => consume({ ...billing, ...usageQueryOptions(billing), queryClient, meter }, amount),
      () => undefined,
    )
    return () => void added.then((takeBack) => takeBack?.())
  }
  return { ...result, consume }
}
