import type { models } from '@polar-sh/sdk/2026-10'
import { type CheckoutTerms, checkoutTerms, pricesOf, trialEnd } from '../billing/checkoutTerms.js'
import { required } from '../core/database.js'
import type { CheckoutRow } from '../core/rows.js'
import { type World, publicUrl } from '../core/world.js'
import { toCheckoutProduct } from './product.js'

/** What the merchant sees, also in webhooks. */
export function toCheckout(world: World, row: CheckoutRow): models.Checkout {
  return {
    ...toShared(world, row),
    status: row.status,
    customer_metadata: row.customer_metadata,
    external_customer_id: row.external_customer_id,
    metadata: row.metadata,
    subscription_id: row.subscription_id,
    trial_interval: row.trial_interval,
    trial_interval_count: row.trial_interval_count,
  }
}

/** What the buyer's browser sees. */
export function toPublicCheckout(world: World, row: CheckoutRow): models.CheckoutPublic {
  const { organization } = world
  return {
    ...toShared(world, row),
    status: row.status,
    organization: {
      created_at: organization.created_at,
      modified_at: null,
      id: organization.id,
      name: organization.name,
      slug: organization.slug,
      avatar_url: null,
      proration_behavior: 'prorate',
      allow_customer_updates: true,
    },
  }
}

/**
 * Where the buyer goes after paying; the merchant's URL names the checkout wherever it says `{CHECKOUT_ID}`.
 */
export function successUrl(world: World, row: CheckoutRow): string {
  if (row.successUrl === null) return `${checkoutUrl(world, row)}/confirmation`
  return row.successUrl.replaceAll(/(?:\{|%7B)CHECKOUT_ID(?:\}|%7D)/gi, row.id)
}

export function checkoutUrl(world: World, row: CheckoutRow): string {
  return `${publicUrl(world)}/checkout/${row.client_secret}`
}

function toShared(world: World, row: CheckoutRow) {
  const { db } = world
  const terms = checkoutTerms(world, row)
  const products = row.productIds.map((id) => {
    const product = required(db.products, id)
    return toCheckoutProduct(product, pricesOf(row, product), db)
  })
  return {
    id: row.id,
    created_at: row.created_at,
    modified_at: row.modified_at,
    custom_field_data: row.custom_field_data,
    payment_processor: 'stripe' as const,
    client_secret: row.client_secret,
    url: checkoutUrl(world, row),
    expires_at: row.expires_at,
    success_url: successUrl(world, row),
    return_url: row.return_url,
    embed_origin: row.embed_origin,
    seats: row.seats,
    min_seats: row.min_seats,
    max_seats: row.max_seats,
    units: null,
    min_units: null,
    max_units: null,
    currency: row.currency,
    allow_discount_codes: row.allow_discount_codes,
    require_billing_address: row.require_billing_address,
    organization_id: world.organization.id,
    discount_id: null,
    discount: null,
    attached_custom_fields: [],
    products,
    product: products.find((product) => product.id === row.productId) ?? null,
    prices: Object.fromEntries(products.map((product) => [product.id, product.prices])),
    payment_method_type: terms.needsCard ? 'card' : null,
    payment_processor_metadata: { publishable_key: 'pk_emulator' },
    billing_address_fields: ADDRESS_FIELDS,
    ...customerFields(row),
    ...amountFields(world, terms, row),
  }
}

const ADDRESS_FIELDS: models.CheckoutBillingAddressFields = {
  country: 'required',
  state: 'disabled',
  city: 'disabled',
  postal_code: 'disabled',
  line1: 'disabled',
  line2: 'disabled',
}

function customerFields(row: CheckoutRow) {
  return {
    customer_id: row.customer_id,
    is_business_customer: row.is_business_customer,
    customer_name: row.customer_name,
    customer_email: row.customer_email,
    customer_ip_address: row.customer_ip_address,
    customer_billing_name: row.customer_billing_name,
    customer_billing_address: row.customer_billing_address,
    customer_tax_id: row.customer_tax_id,
    locale: row.locale,
  }
}

function amountFields(world: World, terms: CheckoutTerms, row: CheckoutRow) {
  const { amount, trial, prices, product } = terms
  return {
    amount,
    discount_amount: 0,
    net_amount: amount,
    tax_amount: null,
    tax_behavior: null,
    total_amount: amount,
    allow_trial: row.allowTrial,
    active_trial_interval: trial?.interval ?? null,
    active_trial_interval_count: trial?.count ?? null,
    trial_end: trialEnd(world, row, terms),
    product_id: product.id,
    product_price_id: prices[0]?.id ?? null,
    product_price: prices[0] ?? null,
    is_discount_applicable: amount > 0,
    is_free_product_price: !terms.needsCard,
    is_payment_required: terms.isPaid,
    is_payment_setup_required: terms.needsCard && product.is_recurring && !terms.isPaid,
    is_payment_form_required: terms.needsCard,
  }
}
