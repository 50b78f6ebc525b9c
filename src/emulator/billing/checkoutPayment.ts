import { required } from '../core/database.js'
import { newId } from '../core/ids.js'
import type { CheckoutRow, CustomerRow, OrderRow, SubscriptionRow } from '../core/rows.js'
import { iso } from '../core/time.js'
import type { World } from '../core/world.js'
import { seatPriceIn, staticAmount } from './amounts.js'
import { linkCustomer, unlinkCustomer } from './checkoutCustomer.js'
import { assertMaySubscribe, assertOpen } from './checkoutGuards.js'
import { type CheckoutTerms, checkoutTerms, trialEnd } from './checkoutTerms.js'
import { expireCheckout, setCheckoutStatus } from './checkouts.js'
import { customerById } from './customers.js'
import { syncOrderGrants } from './grants.js'
import { type OrderLine, announcePaid, createOrder } from './orders.js'
import { scheduleCheckout } from './schedule.js'
import { createSubscription, startBenefits, upgradeSubscription } from './subscriptions.js'
import { becomeTeam } from './teams.js'

/** The customer clicked Pay. Refused by the same rules and with the same names as in Polar. */
export function confirmCheckout(world: World, row: CheckoutRow): void {
  assertOpen(row)
  assertMaySubscribe(world, row)
  linkCustomer(world, row)
  setCheckoutStatus(world, row, 'confirmed')
}

/** The payment failed: the checkout can be tried again. */
export function declineCheckout(world: World, row: CheckoutRow): void {
  unlinkCustomer(row)
  setCheckoutStatus(world, row, 'open')
}

/** The payment arrives after `paymentDelay`; without one it has arrived when this returns. */
export function payCheckout(world: World, row: CheckoutRow): void {
  const { paymentDelay } = world.settings
  if (paymentDelay === 0) completeCheckout(world, row)
  else scheduleCheckout(world, row, iso(world.clock.now() + paymentDelay))
}

/** The clock reached the payment of a confirmed checkout, or the end of an open one. */
export function checkoutDue(world: World, row: CheckoutRow): void {
  if (row.status === 'confirmed') {
    if (customerById(world, row.customer_id ?? '') === undefined) declineCheckout(world, row)
    else completeCheckout(world, row)
  } else if (row.status === 'open') expireCheckout(world, row)
}

/** The payment has arrived: the customer gets what it bought. */
export function completeCheckout(world: World, row: CheckoutRow): void {
  const customer = required(world.db.customers, row.customer_id ?? '')
  const terms = checkoutTerms(world, row)
  if (terms.needsCard) {
    customer.card = 'good'
    customer.default_payment_method_id ??= newId()
  }
  if (seatPriceIn(terms.prices) !== undefined) becomeTeam(world, customer)
  if (terms.product.is_recurring) subscribe(world, row, customer, terms)
  else sell(world, row, customer, terms)
}

function subscribe(world: World, row: CheckoutRow, customer: CustomerRow, terms: CheckoutTerms): void {
  const upgraded = row.subscription_id === null ? undefined : world.db.subscriptions.get(row.subscription_id)
  row.trialEnd = trialEnd(world, row, terms)
  const agreed = {
    customer,
    product: terms.product,
    prices: terms.prices,
    currency: row.currency,
    metadata: row.metadata,
    seats: row.seats,
    customAmount: row.customAmount,
    trialEnd: row.trialEnd,
    checkout: row,
  }
  if (upgraded !== undefined) upgradeSubscription(world, upgraded, agreed)
  const subscription = upgraded ?? createSubscription(world, agreed)
  row.subscription_id = subscription.id
  const reason = upgraded === undefined ? 'subscription_create' : 'subscription_update'
  firstOrder(world, row, customer, terms, { subscription, reason })
  setCheckoutStatus(world, row, 'succeeded')
  startBenefits(world, subscription)
}

function sell(world: World, row: CheckoutRow, customer: CustomerRow, terms: CheckoutTerms): void {
  const order = firstOrder(world, row, customer, terms, { reason: 'purchase' })
  setCheckoutStatus(world, row, 'succeeded')
  syncOrderGrants(world, order)
}

function firstOrder(
  world: World,
  row: CheckoutRow,
  customer: CustomerRow,
  terms: CheckoutTerms,
  about: { subscription?: SubscriptionRow; reason: OrderRow['billing_reason'] },
): OrderRow {
  const order = createOrder(world, {
    customer,
    productId: terms.product.id,
    currency: row.currency,
    lines: firstLines(row, terms),
    status: 'paid',
    checkout: row,
    ...about,
  })
  announcePaid(world, order)
  return order
}

/** A trial starts with a paid order of zero. */
function firstLines(row: CheckoutRow, terms: CheckoutTerms): OrderLine[] {
  if (terms.trial !== null) {
    return [{ label: `Trial period for ${terms.product.name}`, amount: 0, priceId: null }]
  }
  return terms.prices
    .map((price) => ({
      price,
      amount: staticAmount(price, { seats: row.seats, customAmount: row.customAmount }),
    }))
    .filter(({ price, amount }) => amount > 0 || price.amount_type === 'fixed')
    .map(({ price, amount }) => ({ label: terms.product.name, amount, priceId: price.id }))
}
