import type { CompleteUsage } from '../contract/usage.js'
import type { BillingQueryConfig } from './config.js'
import { readOptions, type ReadQueryOptions } from './read.js'

/** Milliseconds between looks at a sum that the provider has not confirmed yet. */
const PENDING_INTERVAL = 5_000

/** The running period's usage. While some of it is pending, it is asked again until the provider has counted it. */
export function usageQueryOptions(config: BillingQueryConfig): ReadQueryOptions<CompleteUsage> {
  return readOptions(config, 'getUsage', {
    whole: 'meters',
    interval: ({ meters }) => meters.some(({ pending }) => pending > 0) && PENDING_INTERVAL,
  })
}
