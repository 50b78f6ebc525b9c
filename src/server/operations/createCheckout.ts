import { BillingError, type Checkout, type CheckoutInput } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'
import { assertNoPurchaseUnderWay } from '../checkouts/earlierCheckouts.js'
import { readForDecision } from '../checkouts/readForDecision.js'
import { shareCheckout } from '../checkouts/shareCheckout.js'
import { chooseOffer } from '../chooseOffer.js'
import { isFree } from '../pickSubscription.js'
import type { Buyer, ProviderSubscription } from '../provider.js'
import { namePlan, type Standing } from '../standing.js'

export async function createCheckout(
  context: BillingContext,
  buyer: Buyer,
  input: CheckoutInput,
): Promise<Checkout> {
  const { organizationId } = buyer
  const { productId } = chooseOffer(context, input)
  await context.limits.assert('attempt', organizationId)
  const { standing, earlier } = await readForDecision(context, organizationId)
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

/** What to do instead of buying once more. */
function wayOut({ status, cancelAtPeriodEnd }: ProviderSubscription): string {
  const isEnding = cancelAtPeriodEnd && (status === 'active' || status === 'trialing')
  return isEnding ? 'it is canceled and still runs. Resume it instead.' : WAY_OUT[status]
}

const WAY_OUT = {
  trialing: 'change or cancel it instead.',
  active: 'change or cancel it instead.',
  past_due: 'its last payment failed. Update the payment method in the customer portal.',
  paused: 'it is paused. Resume it instead.',
  canceled: 'it has ended.',
  incomplete: 'its first payment is not through yet.',
} as const satisfies Record<ProviderSubscription['status'], string>
