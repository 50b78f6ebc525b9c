import type { models } from '@polar-sh/sdk/2026-10'
import type { Context } from 'hono'
import { documentUrl, generateInvoice } from '../billing/invoices.js'
import { required } from '../core/database.js'
import { ApiError } from '../core/errors.js'
import type { OrderRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { toOrder } from '../serialize/order.js'
import { type Mount, found, pathId } from './http.js'
import { hasMetadata, listed, oneOf } from './lists.js'
import { Query } from './query.js'

const STATUSES: readonly models.OrderStatus[] = [
  'draft',
  'pending',
  'paid',
  'refunded',
  'partially_refunded',
  'void',
]

export const mountOrders: Mount = (api, world) => {
  const byId = (c: Context) => found(world.db.orders.get(pathId(c)))

  api.get('/orders/', (c) => c.json(listOrders(world, c)))
  api.get('/orders/:id', (c) => c.json(toOrder(byId(c), world.db)))
  api.post('/orders/:id/invoice', (c) => {
    generateInvoice(world, byId(c))
    return c.json(null, 202)
  })
  api.get('/orders/:id/invoice', (c) => {
    const row = byId(c)
    if (!row.is_invoice_generated) {
      throw new ApiError(404, 'InvoiceDoesNotExist', 'No invoice exists for this order.')
    }
    return c.json({ url: documentUrl(world, row, 'invoice') } satisfies models.OrderInvoice)
  })
  api.get('/orders/:id/receipt', (c) => {
    const row = byId(c)
    if (row.receipt_number === null) {
      throw new ApiError(404, 'ReceiptDoesNotExist', 'No receipt exists for this order.')
    }
    return c.json({ url: documentUrl(world, row, 'receipt') } satisfies models.OrderReceipt)
  })
}

function listOrders(world: World, c: Context): models.ListResourceOrder {
  const query = new Query(c)
  const { db } = world
  const external = query.all('external_customer_id')
  const customers = query.ids('customer_id') ?? external?.map((value) => db.externalIds.get(value) ?? '')
  const candidates =
    customers === undefined ? Array.from(db.orders.values()) : customers.flatMap((id) => db.orders.of(id))
  const isWanted = orderFilter(world, query)
  const rows = candidates.filter(
    (row) => isWanted(row) && oneOf(external, required(db.customers, row.customer_id).external_id),
  )
  return listed(query, rows, (row) => toOrder(row, db))
}

function orderFilter(world: World, query: Query): (row: OrderRow) => boolean {
  const products = query.ids('product_id')
  const billingTypes = query.choices('product_billing_type', ['recurring', 'one_time'])
  const subscriptions = query.ids('subscription_id')
  const checkouts = query.ids('checkout_id')
  const discounts = query.ids('discount_id')
  const statuses = query.choices('status', STATUSES)
  const after = query.moment('created_after') ?? -Infinity
  const before = query.moment('created_before') ?? Infinity
  return (row) => {
    const created = Date.parse(row.created_at)
    const isRecurring = row.product_id !== null && required(world.db.products, row.product_id).is_recurring
    return (
      oneOf(products, row.product_id) &&
      oneOf(billingTypes, isRecurring ? 'recurring' : 'one_time') &&
      oneOf(subscriptions, row.subscription_id) &&
      oneOf(checkouts, row.checkout_id) &&
      oneOf(discounts, row.discount_id) &&
      oneOf(statuses, row.status) &&
      created > after &&
      created < before &&
      hasMetadata(query, row.metadata)
    )
  }
}
