import type { models } from '@polar-sh/sdk/2026-10'
import { choose } from '../billing/checkoutChoice.js'
import { draftCheckout, openCheckout } from '../billing/checkouts.js'
import { customerByExternalId, customerById } from '../billing/customers.js'
import { assign, required } from '../core/database.js'
import { type Issue, ValidationFailure, invalid, notEmulated } from '../core/errors.js'
import type { CheckoutRow, CustomerRow, ProductRow, SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { assertNoDiscount, assertWholeTrial } from './checkoutRules.js'
import type { CheckoutCreateBody } from './checkoutSchemas.js'

/** Checks the business rules of a new checkout and opens it. */
export function createCheckout(world: World, body: CheckoutCreateBody): CheckoutRow {
  if ((body.prices ?? null) !== null) throw notEmulated('prices made up for a checkout')
  assertNoDiscount(body)
  assertSeatRange(body)
  const products = productsOf(world, body.products)
  const [product] = products
  if (product === undefined) throw invalid('products', 'At least one product is required.', body.products)
  const external = body.external_customer_id ?? body.customer_external_id ?? null
  const upgraded = freeSubscription(world, body.subscription_id ?? null)
  const customer =
    upgraded === undefined
      ? knownCustomer(world, body.customer_id ?? null, external)
      : required(world.db.customers, upgraded.customer_id)
  const row = draftCheckout(world, {
    productIds: products.map(({ id }) => id),
    productId: product.id,
    currency: product.prices[0]?.price_currency ?? 'usd',
    min_seats: body.min_seats ?? null,
    max_seats: body.max_seats ?? null,
    allowTrial: body.allow_trial ?? true,
    trial_interval: body.trial_interval ?? null,
    trial_interval_count: body.trial_interval_count ?? null,
    metadata: body.metadata ?? {},
    custom_field_data: body.custom_field_data ?? {},
    customer_metadata: body.customer_metadata ?? {},
    allow_discount_codes: body.allow_discount_codes ?? true,
    require_billing_address: body.require_billing_address ?? false,
    successUrl: body.success_url ?? null,
    return_url: body.return_url ?? null,
    embed_origin: body.embed_origin ?? null,
    subscription_id: upgraded?.id ?? null,
    external_customer_id: external,
    locale: body.locale ?? null,
    ...buyerOf(body, customer),
  })
  assertWholeTrial(row)
  assign(row, choose(world, row, body))
  openCheckout(world, row)
  return row
}

/** A known customer's own data wins, and its e-mail cannot be changed on the page. */
function buyerOf(body: CheckoutCreateBody, customer: CustomerRow | undefined): Partial<CheckoutRow> {
  return {
    customer_id: customer?.id ?? null,
    customer_email: customer?.email ?? body.customer_email ?? null,
    customer_name: body.customer_name ?? customer?.name ?? null,
    customer_billing_name: body.customer_billing_name ?? customer?.billing_name ?? null,
    customer_billing_address: (body.customer_billing_address ??
      customer?.billing_address ??
      null) as models.Address | null,
    customer_tax_id: body.customer_tax_id ?? null,
    customer_ip_address: body.customer_ip_address ?? null,
    is_business_customer: body.is_business_customer ?? false,
  }
}

function productsOf(world: World, ids: readonly string[]): ProductRow[] {
  const issues: Issue[] = []
  const seen = new Set<string>()
  const products = ids.flatMap((id, index) => {
    const product = world.db.products.get(id.toLowerCase())
    const refuse = (msg: string) => {
      issues.push({ type: 'value_error', loc: ['body', 'products', index], msg, input: id })
      return []
    }
    if (product === undefined) return refuse('Product does not exist.')
    if (product.is_archived) return refuse('Product is archived.')
    if (seen.has(product.id)) return refuse('Product is given twice.')
    seen.add(product.id)
    return product.visibility === 'draft' ? refuse('Product is a draft.') : [product]
  })
  if (issues.length > 0) throw new ValidationFailure(issues, 'PolarRequestValidationError')
  return products
}

/** An unknown external id is no error: the customer is created when the checkout is confirmed. */
function knownCustomer(world: World, id: string | null, external: string | null): CustomerRow | undefined {
  if (id === null) return external === null ? undefined : customerByExternalId(world, external)
  const customer = customerById(world, id)
  if (customer === undefined) throw invalid('customer_id', 'Customer does not exist.', id)
  return customer
}

/** The subscription that the checkout turns into a paid one; its customer is the buyer. */
function freeSubscription(world: World, id: string | null): SubscriptionRow | undefined {
  if (id === null) return undefined
  const subscription = world.db.subscriptions.get(id.toLowerCase())
  if (subscription === undefined || subscription.ended_at !== null) {
    throw invalid('subscription_id', 'Subscription does not exist.', id)
  }
  if (subscription.amount > 0)
    throw invalid('subscription_id', 'Only free subscriptions can be upgraded.', id)
  return subscription
}

function assertSeatRange({ min_seats, max_seats }: CheckoutCreateBody): void {
  if ((min_seats ?? 0) <= (max_seats ?? Infinity)) return
  throw invalid('max_seats', 'max_seats must not be below min_seats.', max_seats)
}
