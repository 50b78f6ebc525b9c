import * as z from 'zod/mini'
import { currencyCode } from '../core/money.js'
import { address, email, httpUrl, id, metadata, text, trialInterval } from './schemas.js'

const count = z.int().check(z.minimum(1), z.maximum(10_000))
const customFields = z.record(z.string(), z.nullable(z.union([z.string(), z.number(), z.boolean()])))

const buyer = {
  customer_name: z.nullish(text(256)),
  customer_email: z.nullish(email),
  customer_billing_name: z.nullish(text()),
  customer_billing_address: z.nullish(address),
  customer_tax_id: z.nullish(text()),
  is_business_customer: z.nullish(z.boolean()),
  locale: z.nullish(text()),
}

const choice = {
  product_id: z.nullish(id),
  amount: z.nullish(z.int().check(z.minimum(0))),
  seats: z.nullish(count),
  custom_field_data: z.nullish(customFields),
}

const merchant = {
  metadata: z.optional(metadata),
  customer_metadata: z.nullish(metadata),
  customer_ip_address: z.nullish(text()),
  allow_discount_codes: z.nullish(z.boolean()),
  require_billing_address: z.nullish(z.boolean()),
  allow_trial: z.nullish(z.boolean()),
  trial_interval: z.nullish(trialInterval),
  trial_interval_count: z.nullish(z.int().check(z.minimum(1), z.maximum(1_000))),
  success_url: z.nullish(httpUrl),
  return_url: z.nullish(httpUrl),
  embed_origin: z.nullish(text()),
  currency: z.nullish(currencyCode),
  discount_id: z.nullish(id),
}

export const checkoutCreate = z.object({
  ...buyer,
  ...merchant,
  amount: choice.amount,
  seats: choice.seats,
  custom_field_data: choice.custom_field_data,
  min_seats: z.nullish(count),
  max_seats: z.nullish(count),
  products: z.array(id).check(z.minLength(1)),
  prices: z.optional(z.unknown()),
  customer_id: z.nullish(id),
  external_customer_id: z.nullish(text()),
  /** The name of the field before it was turned around; Polar still takes it. */
  customer_external_id: z.nullish(text()),
  subscription_id: z.nullish(id),
})

export const checkoutUpdate = z.object({ ...buyer, ...choice, ...merchant })

/** The buyer can switch a trial off, not on. */
export const checkoutUpdatePublic = z.object({
  ...buyer,
  ...choice,
  allow_trial: z.nullish(z.literal(false)),
})

export const checkoutConfirm = z.extend(checkoutUpdatePublic, {
  confirmation_token_id: z.nullish(text()),
})

export type CheckoutCreateBody = z.output<typeof checkoutCreate>
export type CheckoutUpdateBody = z.output<typeof checkoutUpdate>
