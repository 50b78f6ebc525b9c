import type { QueryClient } from '@tanstack/react-query'
import type { MeterId } from '../contract/register.js'
import type { CompleteMeterUsage, CompleteUsage } from '../contract/usage.js'
import type { BillingQueryConfig } from './config.js'
import type { ReadQueryOptions } from './read.js'

// A chunk of its own: it imports nothing that the page has, for a bundler would split that off, too.

interface Consumer
  extends Pick<BillingQueryConfig, 'catalog'>, Pick<ReadQueryOptions<CompleteUsage>, 'queryKey'> {
  queryClient: QueryClient
  meter: MeterId
}

/**
 * Adds to what is pending in the cached answer, so that everything that shows it follows. An answer that is on its way was asked for
 * before: it is given up. One that is asked for later knows better, and while something is pending that is a matter of seconds.
 *
 * @param amount 0 or more, in the meter's unit
 * @returns takes it back, unless a later answer has come
 * @throws TypeError if the amount is negative or no finite number; nothing is added then
 */
export async function consume(consumer: Consumer, amount: number): Promise<() => void> {
  const { queryClient, queryKey, meter } = consumer
  if (!Number.isFinite(amount) || amount < 0) {
    throw new TypeError(`consume() takes a finite number of 0 or more, not ${amount}. Nothing was added.`)
  }
  const usage = queryClient.getQueryData<CompleteUsage>(queryKey)
  // Where nothing is known there is nothing to add to.
  if (amount === 0 || !usage?.meters.some(({ key }) => key === meter)) return () => undefined
  if (queryClient.isFetching({ queryKey, exact: true }) > 0) {
    await queryClient.cancelQueries({ queryKey, exact: true })
    await queryClient.invalidateQueries({ queryKey, exact: true, refetchType: 'none' })
  }
  add(consumer, amount)
  const addedTo = queryClient.getQueryState(queryKey)?.dataUpdatedAt
  return () => {
    const state = queryClient.getQueryState(queryKey)
    if (state?.dataUpdatedAt !== addedTo) return
    add(consumer, -amount)
    // The answer that was given up is still to be asked for.
    if (state?.isInvalidated === true) void queryClient.invalidateQueries({ queryKey, exact: true })
  }
}

/** Changes the cached answer, which stays as old, and as invalid, as it was. */
function add({ queryClient, queryKey, catalog, meter }: Consumer, units: number): void {
  const { dataUpdatedAt: updatedAt = 0, isInvalidated } = queryClient.getQueryState(queryKey) ?? {}
  const field = catalog?.meters?.[meter]?.field
  queryClient.setQueryData<CompleteUsage>(
    queryKey,
    (usage) =>
      usage && {
        ...usage,
        ...(field !== undefined && usage[field] !== undefined && { [field]: usage[field] + units }),
        meters: usage.meters.map((one) => (one.key === meter ? withPending(one, units) : one)),
      },
    { updatedAt },
  )
  if (isInvalidated === true) {
    void queryClient.invalidateQueries({ queryKey, exact: true, refetchType: 'none' })
  }
}

function withPending(meter: CompleteMeterUsage, units: number): CompleteMeterUsage {
  const { used, limit, included } = meter
  const rest = meter.pending + units
  // Sums of decimals are off by a hair: of 0.1 and 0.2, taken back one by one, nothing is left.
  const pending = rest < Math.abs(units) * 1e-9 ? 0 : rest
  const sum = used + pending
  return {
    ...meter,
    pending,
    ...(typeof limit === 'number' && { remaining: Math.max(0, limit - sum) }),
    ...(included !== undefined && { overage: Math.max(0, sum - included) }),
  }
}
