import type { CatalogPlan, Plan, PlanPrice, Plans } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'

export async function listPlans(context: BillingContext): Promise<Plans> {
  const entries = Object.entries(context.catalog.plans)
  return { plans: await Promise.all(entries.map(([planType, plan]) => toPlan(context, planType, plan))) }
}

async function toPlan(context: BillingContext, planType: string, plan: CatalogPlan): Promise<Plan> {
  return {
    planType,
    name: plan.name,
    description: plan.description ?? null,
    features: [...(plan.features ?? [])],
    limits: { ...plan.limits },
    included: { ...plan.included },
    recommended: plan.recommended ?? false,
    contact: plan.contact ?? null,
    forSale: context.productMap.offersOf(planType).length > 0,
    prices: await readPrices(context, planType),
  }
}

/** `null` where the provider cannot be asked and nothing is remembered: no price is better than a wrong one. */
async function readPrices(
  { productMap, reader, warnOnce }: BillingContext,
  planType: string,
): Promise<PlanPrice[] | null> {
  try {
    const prices = await Promise.all(
      productMap.offersOf(planType).map(async ({ interval, productId }) => {
        const product = await reader.product(productId)
        return product.prices.map((price) => ({ ...price, interval }))
      }),
    )
    return prices.flat()
  } catch (error) {
    warnOnce(`The prices of plan "${planType}" are not known: ${String(error)}`)
    return null
  }
}
