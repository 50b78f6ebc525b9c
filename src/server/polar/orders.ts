import type { models, PolarCore } from '@polar-sh/sdk/2026-10'
import { invoiceOrders, listOrders } from '@polar-sh/sdk/2026-10/services/orders'
import type { Order } from '../../contract/index.js'
import { callPolar } from './callPolar.js'
import { expectString } from './expect.js'
import { toOrder } from './mapping.js'

export function readLatestOrder(core: PolarCore, customerId: string): Promise<Order | null> {
  return callPolar('Reading the latest order', async () => {
    const { items } = await listOrders(core)({ customer_id: customerId, limit: 1, sorting: ['-created_at'] })
    const order = items[0]
    return order === undefined ? null : toOrder(order, await readInvoiceUrl(core, order))
  })
}

async function readInvoiceUrl(core: PolarCore, order: models.Order): Promise<string | null> {
  if (!order.is_invoice_generated) return null
  return callPolar('Reading the invoice', async () => expectString((await invoiceOrders(core)(order.id)).url))
}
