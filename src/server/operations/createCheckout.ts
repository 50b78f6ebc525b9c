import {
  BillingError,
  type Checkout,
  type CheckoutInput,
  findPlan,
  sellablePlans,
} from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'
import { assertNoPurchaseUnderWay, readEarlierCheckouts } from '../checkouts/earlierCheckouts.js'
import { shareCheckout } from '../checkouts/shareCheckout.js'
import { assertFresh } from '../freshCache.js'
import type { PlanOffer } from '../products.js'
import type { Buyer, ProviderSubscription } from '../provider.js'
import { namePlan, readStanding, type Standing } from '../standing.js'

/** Milliseconds: a purchase is decided on a reading no older than this. */
const MAX_AGE = 1_000

export async function createCheckout(
  context: BillingContext,
  buyer: Buyer,
  input: CheckoutInput,
): Promise<Checkout> {
  const { organizationId } = buyer
  const { productId } = chooseOffer(context, input)
  await context.limits.assert('attempt', organizationId)
  const earlier = await readEarlierCheckouts(context, organizationId)
  // Whatever was paid is newer than what was read before.
  if (Array.from(earlier.values()).some(({ state }) => state === 'succeeded'))
    await context.reader.expire(organizationId)
  const standing = await readStanding(context, organizationId, MAX_AGE, 'checkout')
  assertFresh(standing.reading)
  const { customerId } = standing.reading.value
  const replaces = findFreeSubscription(context, standing, productId)?.id ?? null
  assertNoPurchaseUnderWay(earlier, standing.reading.value)
  const product = await context.reader.product(productId, 'checkout')
  const { success: successUrl, canceled: returnUrl } = context.returnUrls
  const embedOrigin = input.embed === true ? new URL(successUrl).origin : null
  const order = {
    buyer,
    customerId,
    productId,
    replaces,
    seats: input.seats,
    embedOrigin,
    successUrl,
    returnUrl,
  }
  const session = await shareCheckout(context, {
    choice: { organizationId, productId, replaces, seats: input.seats ?? null, embedOrigin },
    customerId,
    earlier,
    openNew: async () => {
      await context.limits.assert('checkout', organizationId)
      return context.provider.createCheckout(order)
    },
  })
  await context.reader.watch(organizationId)
  return { ...session, productId, productName: product.name }
}

function chooseOffer(
  { catalog, productMap }: BillingContext,
  { planType, interval }: CheckoutInput,
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
  const offer =
    interval === undefined ? offers[0] : offers.find((candidate) => candidate.interval === interval)
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

/**
 * Lets a purchase through, as an upgrade where the organization has a free subscription.
 *
 * @throws BillingError `CONFLICT`: a second subscription would be paid beside the first one, and the provider refuses it only after
 *   the card has been typed in
 */
function findFreeSubscription(
  context: BillingContext,
  { reading }: Standing,
  productId: string,
): ProviderSubscription | undefined {
  const running = reading.value.subscriptions.filter(
    ({ status }) => status !== 'canceled' && status !== 'incomplete',
  )
  const paid = running.find((subscription) => !isFree(subscription) || subscription.product.id === productId)
  if (paid === undefined) return running.find(({ status }) => status === 'active' || status === 'trialing')
  throw new BillingError(
    'CONFLICT',
    `This organization already has the plan ${namePlan(context, paid).planName}: ${wayOut(paid)}`,
  )
}

/** Whether the provider takes it for an upgrade. One with a discount of 100 % costs nothing, and is what it is. */
function isFree({ amount, product }: ProviderSubscription): boolean {
  return amount === 0 && product.prices.every((price) => price.amount === 0)
}

/** What to do instead of buying once more. */
function wayOut({ status, cancelAtPeriodEnd }: ProviderSubscription): string {
  const isEnding = cancelAtPeriodEnd && (status === 'active' || status === 'trialing')
  return isEnding ? 'it is canceled and still runs. Resume it in the customer portal.' : WAY_OUT[status]
}

const WAY_OUT = {
  trialing: 'change or cancel it in the customer portal.',
  active: 'change or cancel it in the customer portal.',
  past_due: 'its last payment failed. Update the payment method in the customer portal.',
  paused: 'it is paused. Resume it in the customer portal.',
  canceled: 'it has ended.',
  incomplete: 'its first payment is not through yet.',
} as const satisfies Record<ProviderSubscription['status'], string>
