import type { models } from '@polar-sh/sdk/2026-10'
import { choose } from '../billing/checkoutChoice.js'
import { assign } from '../core/database.js'
import type { CheckoutRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { assertNoDiscount, assertWholeTrial } from './checkoutRules.js'
import type { CheckoutUpdateBody } from './checkoutSchemas.js'

/** Changes an open checkout. What the body leaves out stays, and everything does if a part is refused. */
export function applyUpdate(world: World, row: CheckoutRow, body: CheckoutUpdateBody): void {
  assertNoDiscount(body)
  const trial = {
    trial_interval: body.trial_interval ?? row.trial_interval,
    trial_interval_count: body.trial_interval_count ?? row.trial_interval_count,
  }
  assertWholeTrial(trial)
  assign(row, {
    ...choose(world, row, body),
    ...trial,
    // The e-mail of a known customer is locked.
    customer_email: row.customer_id === null ? (body.customer_email ?? undefined) : undefined,
    custom_field_data: body.custom_field_data ?? undefined,
    customer_name: body.customer_name ?? undefined,
    customer_billing_name: body.customer_billing_name ?? undefined,
    // Any two letters pass as a country.
    customer_billing_address: (body.customer_billing_address ?? undefined) as models.Address | undefined,
    customer_tax_id: body.customer_tax_id ?? undefined,
    is_business_customer: body.is_business_customer ?? undefined,
    locale: body.locale ?? undefined,
    allowTrial: body.allow_trial ?? undefined,
    metadata: body.metadata,
    customer_metadata: body.customer_metadata ?? undefined,
    customer_ip_address: body.customer_ip_address ?? undefined,
    allow_discount_codes: body.allow_discount_codes ?? undefined,
    require_billing_address: body.require_billing_address ?? undefined,
    successUrl: body.success_url ?? undefined,
    return_url: body.return_url ?? undefined,
    embed_origin: body.embed_origin ?? undefined,
  })
}
