import { BillingError, type CheckoutInput, findPlan, sellablePlans } from '../contract/index.js'
import type { BillingContext } from './billingContext.js'
import type { PlanOffer } from './products.js'

/**
 * The product for what somebody asks for.
 *
 * @param preferred the interval where none is asked for, if the plan has it
 * @throws BillingError `BAD_REQUEST`: it is not for sale here, or more than one is
 */
export function chooseOffer(
  { catalog, productMap }: Pick<BillingContext, 'catalog' | 'productMap'>,
  { planType, interval }: Pick<CheckoutInput, 'planType' | 'interval'>,
  preferred?: string | null,
): PlanOffer {
  const chosen = planType ?? onlyPlanForSale(catalog, productMap)
  const plan = findPlan(catalog, chosen)
  if (plan === undefined) throw new BillingError('BAD_REQUEST', `There is no plan "${chosen}".`)
  if (plan.contact !== undefined) {
    throw new BillingError(
      'BAD_REQUEST',
      `The plan "${chosen}" is not for sale here: contact ${plan.contact}.`,
    )
  }
  const offers = productMap.offersOf(chosen)
  const by = (wanted: unknown): PlanOffer | undefined =>
    offers.find((candidate) => candidate.interval === wanted)
  const offer = interval === undefined ? (by(preferred) ?? offers[0]) : by(interval)
  if (offer === undefined) {
    const how = interval === undefined || offers.length === 0 ? '' : ` by the ${interval}`
    throw new BillingError('BAD_REQUEST', `The plan "${chosen}" is not for sale here${how}.`)
  }
  return offer
}

function onlyPlanForSale(
  catalog: BillingContext['catalog'],
  productMap: BillingContext['productMap'],
): string {
  const [plan, ...others] = sellablePlans(catalog).filter(
    (planType) => productMap.offersOf(planType).length > 0,
  )
  if (plan === undefined) throw new BillingError('BAD_REQUEST', 'No plan is for sale here.')
  if (others.length > 0) {
    throw new BillingError(
      'BAD_REQUEST',
      `planType is missing: ${[plan, ...others].join(', ')} are for sale.`,
    )
  }
  return plan
}
