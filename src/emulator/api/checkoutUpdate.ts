import type { models } from '@polar-sh/sdk/2026-10'
import { pricesOf } from '../billing/checkoutTerms.js'
import { required } from '../core/database.js'
import { invalid } from '../core/errors.js'
import type { CheckoutRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import type { CheckoutUpdateBody } from './checkoutSchemas.js'

/** Changes an open checkout. What the body leaves out stays. */
export function applyUpdate(world: World, row: CheckoutRow, body: CheckoutUpdateBody): void {
  if (body.product_id !== undefined && body.product_id !== null) selectProduct(row, body.product_id)
  if (body.seats !== undefined && body.seats !== null) selectSeats(world, row, body.seats)
  // The e-mail of a known customer is locked.
  if (row.customer_id === null) row.customer_email = body.customer_email ?? row.customer_email
  row.customAmount = body.amount ?? row.customAmount
  row.custom_field_data = body.custom_field_data ?? row.custom_field_data
  row.customer_name = body.customer_name ?? row.customer_name
  row.customer_billing_name = body.customer_billing_name ?? row.customer_billing_name
  row.customer_tax_id = body.customer_tax_id ?? row.customer_tax_id
  row.is_business_customer = body.is_business_customer ?? row.is_business_customer
  row.locale = body.locale ?? row.locale
  row.allowTrial = body.allow_trial ?? row.allowTrial
  row.trial_interval = body.trial_interval ?? row.trial_interval
  row.trial_interval_count = body.trial_interval_count ?? row.trial_interval_count
  row.metadata = body.metadata ?? row.metadata
  row.customer_metadata = body.customer_metadata ?? row.customer_metadata
  row.customer_ip_address = body.customer_ip_address ?? row.customer_ip_address
  row.allow_discount_codes = body.allow_discount_codes ?? row.allow_discount_codes
  row.require_billing_address = body.require_billing_address ?? row.require_billing_address
  row.successUrl = body.success_url ?? row.successUrl
  row.return_url = body.return_url ?? row.return_url
  row.embed_origin = body.embed_origin ?? row.embed_origin
  row.currency = body.currency ?? row.currency
  // Any two letters pass as a country.
  row.customer_billing_address = (body.customer_billing_address ??
    row.customer_billing_address) as models.Address | null
}

function selectProduct(row: CheckoutRow, productId: string): void {
  if (!row.productIds.includes(productId.toLowerCase())) {
    throw invalid('product_id', 'Product is not available in this checkout.', productId)
  }
  row.productId = productId.toLowerCase()
}

function selectSeats(world: World, row: CheckoutRow, seats: number): void {
  const prices = pricesOf(row, required(world.db.products, row.productId))
  if (!prices.some((price) => price.amount_type === 'seat_based')) {
    throw invalid('seats', 'Seats can only be set for seat-based pricing.', seats)
  }
  row.seats = seats
}
