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
  const sorting = {
    created_at: (row: OrderRow) => Date.parse(row.created_at),
    status: (row: OrderRow) => row.status,
    invoice_number: (row: OrderRow) => row.invoice_number,
    amount: (row: OrderRow) => row.total_amount,
    net_amount: (row: OrderRow) => row.net_amount,
    customer: (row: OrderRow) => required(db.customers, row.customer_id).email,
    product: (row: OrderRow) => row.product_id,
    subscription: (row: OrderRow) => row.subscription_id,
  }
  const external = query.all('external_customer_id')
  const customers = query.all('customer_id') ?? external?.map((value) => db.externalIds.get(value) ?? '')
  const candidates =
    customers === undefined ? Array.from(db.orders.values()) : customers.flatMap((id) => db.orders.of(id))
  const rows = candidates.filter(
    (row) =>
      isListed(world, query, row) && oneOf(external, required(db.customers, row.customer_id).external_id),
  )
  return listed(query, rows, sorting, '-created_at', (row) => toOrder(row, db))
}

function isListed(world: World, query: Query, row: OrderRow): boolean {
  const created = Date.parse(row.created_at)
  const type = row.product_id !== null && required(world.db.products, row.product_id).is_recurring
  return (
    oneOf(query.all('product_id'), row.product_id) &&
    oneOf(query.all('product_billing_type'), type ? 'recurring' : 'one_time') &&
    oneOf(query.all('subscription_id'), row.subscription_id) &&
    oneOf(query.all('checkout_id'), row.checkout_id) &&
    oneOf(query.all('discount_id'), row.discount_id) &&
    oneOf(query.all('status'), row.status) &&
    created > (query.moment('created_after') ?? -Infinity) &&
    created < (query.moment('created_before') ?? Infinity) &&
    hasMetadata(query, row.metadata)
  )
}
