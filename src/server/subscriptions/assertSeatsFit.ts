import { BillingError, type ChangeMoment, findPlan } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'
import type { ProviderSubscription } from '../provider.js'

interface Target {
  planType: string
  productId: string
  when: ChangeMoment
}

/**
 * The provider takes the seats of no subscription away, and begins them at once.
 *
 * @throws BillingError `CONFLICT`: the change is one that it always refuses
 */
export async function assertSeatsFit(
  { catalog, reader }: BillingContext,
  { seats }: ProviderSubscription,
  planName: string,
  { planType, productId, when }: Target,
): Promise<void> {
  if (seats === null && when === 'now') return
  const { prices } = await reader.product(productId, 'checkout')
  const hasSeats = prices.some(({ type }) => type === 'seat')
  const newName = findPlan(catalog, planType)?.name ?? planType
  if (seats === null && hasSeats)
    throw new BillingError('CONFLICT', `The seats of ${newName} begin at once: change to it now.`)
  if (seats !== null && !hasSeats)
    throw new BillingError(
      'CONFLICT',
      `${planName} has seats and ${newName} has none, and a subscription keeps its seats: cancel ${planName}, and get ${newName} once it has ended.`,
    )
}
