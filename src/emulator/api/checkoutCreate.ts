import type { models } from '@polar-sh/sdk/2026-10'
import { createCheckout } from '../billing/checkouts.js'
import { customerByExternalId, customerById } from '../billing/customers.js'
import { pricesIn } from '../billing/planChange.js'
import { buildPrice } from '../catalog/prices.js'
import type { CatalogPrice } from '../catalog/types.js'
import { required } from '../core/database.js'
import { type Issue, ValidationFailure, invalid } from '../core/errors.js'
import { newId } from '../core/ids.js'
import type { CheckoutRow, CustomerRow, Price, ProductRow, SubscriptionRow } from '../core/rows.js'
import { type World, timestamp } from '../core/world.js'
import type { AdHocPrice, CheckoutCreateBody } from './checkoutSchemas.js'

/** Checks the business rules of a new checkout and opens it. */
export function openCheckout(world: World, body: CheckoutCreateBody): CheckoutRow {
  const products = productsOf(world, body.products)
  const [product] = products
  if (product === undefined) throw invalid('products', 'At least one product is required.', body.products)
  const currency = body.currency ?? product.prices[0]?.price_currency ?? 'usd'
  const prices = adHocPrices(world, products, body)
  const selected = prices[product.id] ?? pricesIn(product, currency)
  if (selected.length === 0) {
    throw invalid('currency', 'Product is not available in the specified currency.', currency)
  }
  if (((body.trial_interval ?? null) === null) !== ((body.trial_interval_count ?? null) === null)) {
    throw invalid('trial_interval', 'trial_interval and trial_interval_count must be set together.', null)
  }
  const external = body.external_customer_id ?? body.customer_external_id ?? null
  const upgraded = freeSubscription(world, body.subscription_id ?? null)
  const customer =
    upgraded === undefined
      ? knownCustomer(world, body.customer_id ?? null, external)
      : required(world.db.customers, upgraded.customer_id)
  return createCheckout(world, {
    productIds: products.map(({ id }) => id),
    productId: product.id,
    currency,
    prices,
    customAmount: body.amount ?? null,
    seats: chosenSeats(body, selected),
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
    subscription_id: body.subscription_id ?? null,
    external_customer_id: external,
    locale: body.locale ?? null,
    ...buyerOf(body, customer),
  })
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
  const products = ids.flatMap((id, index) => {
    const product = world.db.products.get(id.toLowerCase())
    const refuse = (msg: string) => {
      issues.push({ type: 'value_error', loc: ['body', 'products', index], msg, input: id })
      return []
    }
    if (product === undefined) return refuse('Product does not exist.')
    if (product.is_archived) return refuse('Product is archived.')
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

function chosenSeats(body: CheckoutCreateBody, prices: readonly Price[]): number | null {
  const price = prices.find((candidate) => candidate.amount_type === 'seat_based')
  if (price !== undefined) return body.seats ?? body.min_seats ?? price.seat_tiers.minimum_seats
  if (body.seats === undefined || body.seats === null) return null
  throw invalid('seats', 'Seats can only be set for seat-based pricing.', body.seats)
}

function adHocPrices(
  world: World,
  products: readonly ProductRow[],
  body: CheckoutCreateBody,
): Record<string, Price[]> {
  return Object.fromEntries(
    products.flatMap(({ id }) => {
      const prices = body.prices?.[id]
      if (prices === undefined) return []
      return [[id, prices.map((price) => adHocPrice(world, id, price))]]
    }),
  )
}

function adHocPrice(world: World, productId: string, price: AdHocPrice): Price {
  return buildPrice(asCatalogPrice(price), {
    id: newId(),
    productId,
    createdAt: timestamp(world),
    source: 'ad_hoc',
    meter: (id) => required(world.db.meters, id),
  })
}

function asCatalogPrice(price: AdHocPrice): CatalogPrice {
  const currency = price.price_currency ?? 'usd'
  switch (price.amount_type) {
    case 'fixed':
      return { type: 'fixed', amount: price.price_amount, currency }
    case 'custom':
      return {
        type: 'custom',
        currency,
        minimum: price.minimum_amount ?? 0,
        ...(typeof price.maximum_amount === 'number' ? { maximum: price.maximum_amount } : {}),
        ...(typeof price.preset_amount === 'number' ? { preset: price.preset_amount } : {}),
      }
    case 'metered_unit':
      return {
        type: 'metered',
        currency,
        meter: price.meter_id,
        unitAmount: String(price.unit_amount),
        ...(typeof price.cap_amount === 'number' ? { cap: price.cap_amount } : {}),
      }
  }
}
