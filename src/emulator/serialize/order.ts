import type { models } from '@polar-sh/sdk/2026-10'
import { type Database, required } from '../core/database.js'
import type { OrderRow } from '../core/rows.js'
import { toCustomer } from './customer.js'
import { toOrderProduct } from './product.js'
import { toOrderSubscription } from './subscription.js'

export function toOrder(row: OrderRow, db: Database): models.Order {
  const { failedAttempts: _attempts, documentToken: _token, ...fields } = row
  return {
    ...fields,
    customer: toCustomer(required(db.customers, row.customer_id)),
    product: row.product_id === null ? null : toOrderProduct(required(db.products, row.product_id)),
    discount: null,
    subscription:
      row.subscription_id === null
        ? null
        : toOrderSubscription(required(db.subscriptions, row.subscription_id)),
  }
}
