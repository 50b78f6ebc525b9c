import type { models } from '@polar-sh/sdk/2026-10'
import { type Database, required } from '../core/database.js'
import type { SubscriptionRow } from '../core/rows.js'
import { toCustomer } from './customer.js'
import { toProduct } from './product.js'

export function toSubscription(row: SubscriptionRow, db: Database): models.Subscription {
  const { anchorDay: _anchorDay, entries: _entries, prices, meters, ...fields } = row
  return {
    ...fields,
    customer: toCustomer(required(db.customers, row.customer_id)),
    product: toProduct(required(db.products, row.product_id), db),
    discount: null,
    prices: [...prices],
    meters: meters.map((meter) => ({ ...meter, meter: required(db.meters, meter.meter_id) })),
  }
}

export function toOrderSubscription(row: SubscriptionRow): models.OrderSubscription {
  const {
    anchorDay: _anchorDay,
    entries: _entries,
    prices: _prices,
    meters: _meters,
    pending_update: _pendingUpdate,
    custom_field_data: _customFields,
    ...fields
  } = row
  return fields
}

export function toStateSubscription(row: SubscriptionRow): models.CustomerStateSubscription {
  return {
    id: row.id,
    created_at: row.created_at,
    modified_at: row.modified_at,
    custom_field_data: row.custom_field_data,
    metadata: row.metadata,
    // SDK 1.0.1 types this field with the statuses of license keys; the wire has those of subscriptions.
    status: row.status as unknown as models.CustomerStateSubscription['status'],
    amount: row.amount,
    currency: row.currency,
    recurring_interval: row.recurring_interval,
    current_period_start: row.current_period_start,
    current_period_end: row.current_period_end,
    trial_start: row.trial_start,
    trial_end: row.trial_end,
    cancel_at_period_end: row.cancel_at_period_end,
    canceled_at: row.canceled_at,
    started_at: row.started_at,
    ends_at: row.ends_at,
    product_id: row.product_id,
    discount_id: row.discount_id,
    seats: row.seats,
    units: row.units,
    meters: [...row.meters],
  }
}
