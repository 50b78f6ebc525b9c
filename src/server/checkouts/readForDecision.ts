import type { BillingContext } from '../billingContext.js'
import { assertFresh } from '../freshCache.js'
import { readStanding, type Standing } from '../standing.js'
import { type EarlierCheckouts, readEarlierCheckouts } from './earlierCheckouts.js'

/** Milliseconds: what costs money is decided on a reading no older than this. */
const MAX_AGE = 1_000

/**
 * What an organization has now, and the sessions that may still be paid or were paid lately.
 *
 * @throws BillingError `SERVICE_UNAVAILABLE` if the provider cannot be asked
 */
export async function readForDecision(
  context: BillingContext,
  organizationId: string,
): Promise<{ standing: Standing; earlier: EarlierCheckouts }> {
  const earlier = await readEarlierCheckouts(context, organizationId)
  // Whatever was paid is newer than what was read before.
  if (Array.from(earlier.values()).some(({ state }) => state === 'succeeded'))
    await context.reader.expire(organizationId)
  const standing = await readStanding(context, organizationId, MAX_AGE, 'checkout')
  assertFresh(standing.reading)
  return { standing, earlier }
}
