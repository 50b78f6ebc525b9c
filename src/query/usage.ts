import type { CompleteUsage } from '../contract/usage.js'
import type { BillingQueryConfig } from './config.js'
import { readOptions, type ReadQueryOptions } from './read.js'

/** The running period's usage. While some of it is pending, it is asked again every five seconds until the provider has counted it. */
export function usageQueryOptions(config: BillingQueryConfig): ReadQueryOptions<CompleteUsage> {
  return readOptions(config, 'getUsage', {
    whole: 'meters',
    interval: ({ meters }) => meters.some(({ pending }) => pending > 0) && 5_000,
  })
}
