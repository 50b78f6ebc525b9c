import type { BillingError } from '../contract/errors.js'
import { HEAL_INTERVAL, isPassing } from './read.js'

/** The `refetchInterval` of a read that is looked at again only because it failed. */
export function heal({ state: { error } }: { state: { error: BillingError | null } }): number | false {
  return error !== null && isPassing(error) && HEAL_INTERVAL
}
