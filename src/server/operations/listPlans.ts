import {
  allowancesIn,
  type CatalogPlan,
  type Plan,
  type PlanPrice,
  type Plans,
  type PlanTerms,
} from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'
import { checkCredits } from '../checkCredits.js'
import { meterKeys } from '../meters.js'
import type { Interval } from '../products.js'
import type { ProviderProduct } from '../provider.js'

/** What a plan is sold as, by the interval. */
interface Offer {
  interval: Interval
  product: ProviderProduct
  prices: PlanPrice[]
}

export async function listPlans(context: BillingContext): Promise<Plans> {
  const entries = Object.entries(context.catalog.plans)
  return { plans: await Promise.all(entries.map(([planType, plan]) => toPlan(context, planType, plan))) }
}

async function toPlan(context: BillingContext, planType: string, plan: CatalogPlan): Promise<Plan> {
  const offers = await readOffers(context, planType)
  const [first, second] = context.productMap.offersOf(planType)

  // Without a product it is counted by the month.
  function termsOf(interval: Interval = 'month'): PlanTerms {
    const offer = offers?.find((candidate) => candidate.interval === interval)
    return {
      ...allowancesIn(plan, interval),
      ...(offers !== null && { trial: offer?.product.trial ?? null }),
    }
  }

  return {
    planType,
    name: plan.name,
    description: plan.description ?? null,
    features: [...(plan.features ?? [])],
    ...termsOf(first?.interval),
    ...(second && { yearly: termsOf(second.interval) }),
    recommended: plan.recommended ?? false,
    contact: plan.contact ?? null,
    forSale: context.productMap.offersOf(planType).length > 0,
    prices: offers?.flatMap(({ prices }) => prices) ?? null,
  }
}

/** `null` where the provider cannot be asked and nothing is remembered: no price is better than a wrong one. */
async function readOffers(context: BillingContext, planType: string): Promise<Offer[] | null> {
  const { productMap, reader, warnOnce } = context
  try {
    return await Promise.all(
      productMap.offersOf(planType).map(async (offer) => {
        const product = await reader.product(offer.productId)
        await checkCredits(context, planType, offer, product)
        const { interval } = offer
        return { interval, product, prices: await toPrices(context, product, interval) }
      }),
    )
  } catch (error) {
    warnOnce(`The prices of plan "${planType}" are not known: ${String(error)}`)
    return null
  }
}

/** With the catalog's name of what a price counts, in place of the provider's. */
async function toPrices(
  context: BillingContext,
  { prices }: ProviderProduct,
  interval: Interval,
): Promise<PlanPrice[]> {
  const isMetered = prices.some(({ meterId }) => meterId !== undefined)
  const keys = isMetered ? await meterKeys(context) : new Map<string, string>()
  return prices.map(({ meterId, ...price }) => ({
    ...price,
    interval,
    ...(meterId !== undefined && { meter: keys.get(meterId) ?? null }),
  }))
}
