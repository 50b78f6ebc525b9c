import { allowancesIn, findPlan } from '../contract/index.js'
import type { BillingContext } from './billingContext.js'
import { meterKeys } from './meters.js'
import type { PlanOffer } from './products.js'
import type { ProviderProduct } from './provider.js'

/**
 * Warns where the catalog names other units than the provider credits: the price list would promise what the bill does not keep. What is
 * not credited may come free with a tiered price, and is not compared. Credits of a plan sold by seats are for each of them, on both sides.
 */
export async function checkCredits(
  context: BillingContext,
  planType: string,
  { interval }: PlanOffer,
  { credits = {} }: ProviderProduct,
): Promise<void> {
  const credited = Object.entries(credits)
  if (credited.length === 0) return
  const { included } = allowancesIn(findPlan(context.catalog, planType) ?? {}, interval)
  const keys = await meterKeys(context)
  for (const [meterId, units] of credited) {
    const key = keys.get(meterId) ?? ''
    const said = included[key]
    if (said === undefined || said === units) continue
    context.warnOnce(
      `The catalog includes ${said} "${key}" in plan "${planType}" by the ${interval}, and the provider credits ${units}: let both say the same.`,
    )
  }
}
