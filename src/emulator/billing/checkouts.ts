import { newId, newToken } from '../core/ids.js'
import type { CheckoutRow } from '../core/rows.js'
import { DAY, iso } from '../core/time.js'
import { type World, timestamp, touch } from '../core/world.js'
import { toCheckout } from '../serialize/checkout.js'
import { emit } from '../webhooks/emit.js'
import { scheduleCheckout } from './schedule.js'

const LIFETIME = DAY

type Given = Partial<Omit<CheckoutRow, 'id' | 'created_at' | 'modified_at' | 'status' | 'productIds'>> &
  Pick<CheckoutRow, 'productIds' | 'productId' | 'currency'>

/** A checkout that nobody knows of yet. */
export function draftCheckout(world: World, given: Given): CheckoutRow {
  return {
    id: newId(),
    created_at: timestamp(world),
    modified_at: null,
    custom_field_data: {},
    status: 'open',
    client_secret: newToken('polar_c_'),
    expires_at: iso(world.clock.now() + LIFETIME),
    return_url: null,
    embed_origin: null,
    seats: null,
    min_seats: null,
    max_seats: null,
    allow_discount_codes: true,
    require_billing_address: false,
    customer_id: null,
    is_business_customer: false,
    customer_name: null,
    customer_email: null,
    customer_ip_address: null,
    customer_billing_name: null,
    customer_billing_address: null,
    customer_tax_id: null,
    locale: null,
    trial_interval: null,
    trial_interval_count: null,
    metadata: {},
    external_customer_id: null,
    customer_metadata: {},
    subscription_id: null,
    allowTrial: true,
    isProven: typeof given.customer_id === 'string',
    trialEnd: null,
    customAmount: null,
    successUrl: null,
    sessionToken: null,
    ...given,
  }
}

/** Opens a checkout, which expires after a day. */
export function openCheckout(world: World, row: CheckoutRow): void {
  world.db.checkouts.set(row.id, row)
  world.db.checkoutsBySecret.set(row.client_secret, row)
  emit(world, 'checkout.created', toCheckout(world, row))
  scheduleCheckout(world, row)
}

/** Changes the status and tells the merchant. */
export function setCheckoutStatus(world: World, row: CheckoutRow, status: CheckoutRow['status']): void {
  row.status = status
  announceCheckout(world, row)
  scheduleCheckout(world, row)
}

export function announceCheckout(world: World, row: CheckoutRow): void {
  touch(world, row)
  emit(world, 'checkout.updated', toCheckout(world, row))
}

export function expireCheckout(world: World, row: CheckoutRow): void {
  row.status = 'expired'
  touch(world, row)
  emit(world, 'checkout.expired', toCheckout(world, row))
}
