import type { QueryClient } from '@tanstack/react-query'
import type { UsageField } from '../contract/catalog.js'
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

/** Milliseconds after which what no answer has counted is taken back: the work failed, or used far less. */
const PATIENCE = 60_000

/**
 * Adds to what is pending in the cached answer, so that everything that shows it follows, and to each answer after it until one has
 * counted it: the work may take a while.
 *
 * @param amount 0 or more, in the meter's unit
 * @returns takes it back, unless an answer has counted it
 * @throws TypeError if the amount is negative or no finite number; nothing is added then
 */
export async function consume(
  { queryClient, queryKey, catalog, meter }: Consumer,
  amount: number,
): Promise<() => void> {
  if (!Number.isFinite(amount) || amount < 0) {
    throw new TypeError(`consume() takes a finite number of 0 or more, not ${amount}. Nothing was added.`)
  }
  const cache = queryClient.getQueryCache()
  const query = cache.find<CompleteUsage>({ queryKey })
  const shown = (): number => sumOf(query?.state.data, meter)
  /** What is shown without it, and without what is added after it. */
  let before = shown()
  // Where nothing is known there is nothing to add to.
  if (amount === 0 || !query || Number.isNaN(before)) return () => undefined

  /** Changes the cached answer, which stays as old, and as invalid, as it was. */
  function add(units: number): void {
    const usage = query?.state.data
    query?.setState({ data: usage && withMore(usage, meter, catalog?.meters?.[meter]?.field, units) })
  }

  add(amount)
  let isOpen = true
  let answers = query.state.dataUpdateCount
  const stop = cache.subscribe(() => {
    const { dataUpdateCount } = query.state
    if (dataUpdateCount === answers) {
      // What was added before it may have been taken back.
      before = Math.min(before, shown() - amount)
      return
    }
    answers = dataUpdateCount
    // Amounts are estimates, and others use the meter too: half of it stands for the whole.
    if (2 * (shown() - before) < amount) add(amount)
    else end()
  })

  function end(): void {
    isOpen = false
    stop()
  }

  function takeBack(): void {
    if (!isOpen) return
    end()
    add(-amount)
  }
  setTimeout(takeBack, PATIENCE)
  return takeBack
}

function withMore(
  usage: CompleteUsage,
  meter: MeterId,
  field: UsageField | undefined,
  units: number,
): CompleteUsage {
  return {
    ...usage,
    ...(field !== undefined && usage[field] !== undefined && { [field]: usage[field] + units }),
    meters: usage.meters.map((one) => (one.key === meter ? withPending(one, units) : one)),
  }
}

/** NaN: it has no such meter. */
function sumOf(usage: CompleteUsage | undefined, meter: MeterId): number {
  const { used, pending } = usage?.meters.find(({ key }) => key === meter) ?? { used: NaN, pending: 0 }
  return used + pending
}

function withPending(meter: CompleteMeterUsage, units: number): CompleteMeterUsage {
  const { used, limit, included } = meter
  const rest = meter.pending + units
  // A page that was left while it asked has forgotten what it showed; sums of decimals are off by a hair: of 0.1 and 0.2, taken back one by one, nothing is left.
  const pending = rest < Math.abs(units) * 1e-9 ? 0 : rest
  const sum = used + pending
  return {
    ...meter,
    pending,
    ...(typeof limit === 'number' && { remaining: Math.max(0, limit - sum) }),
    ...(included !== undefined && { overage: Math.max(0, sum - included) }),
  }
}
