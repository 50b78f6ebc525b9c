import type { models, PolarCore } from '@polar-sh/sdk/2026-10'
import { listOrders } from '@polar-sh/sdk/2026-10/services/orders'
import type { Order } from '../../contract/index.js'
import type { OrderPosition, OrdersReading } from '../paymentProvider.js'
import { callPolar } from './callPolar.js'
import { expectString } from './expect.js'
import { readInvoiceUrl } from './invoices.js'
import { toOrder } from './mapping.js'

/** Orders of a page. */
const PAGE = 25
/** Asked for at once: more than a page, for orders of one millisecond come again and are left out here. */
const WINDOW = 50

export function readLatestOrder(core: PolarCore, customerId: string): Promise<Order | null> {
  return callPolar('Reading the latest order', async () => {
    const { items } = await listOrders(core)({ customer_id: customerId, limit: 1, sorting: ['-created_at'] })
    const order = items[0]
    return order === undefined ? null : toOrder(order, await readInvoiceUrl(core, order))
  })
}

/**
 * A page goes on where the last one ended, by the time of its last order: Polar's own pages are counted from the newest order, so that
 * a new one would push an old one onto the next page once more.
 */
export function readOrders(
  core: PolarCore,
  organizationId: string,
  after: OrderPosition | null,
): Promise<OrdersReading> {
  return callPolar('Reading the orders', async () => {
    const { items, pagination } = await listOrders(core)({
      external_customer_id: organizationId,
      // Rounded up to the next millisecond: nobody promises whether the moment itself is in it.
      ...(after !== null && { created_before: new Date(Math.floor(after.at / 1_000) + 1).toISOString() }),
      limit: WINDOW,
      sorting: ['-created_at'],
    })
    const rest = items
      .map((order) => ({ order, position: positionOf(order) }))
      .sort((a, b) => compare(a.position, b.position))
      .filter(({ position }) => after === null || compare(position, after) > 0)
    const page = rest.slice(0, PAGE)
    const hasMore = rest.length > PAGE || pagination.max_page > 1
    return {
      orders: page.map(({ order }) => toOrder(order, null)),
      next: (hasMore && page.at(-1)?.position) || null,
    }
  })
}

function positionOf({ id, created_at }: models.Order): OrderPosition {
  const micros = /\.\d{3}(\d{1,3})/.exec(created_at)?.[1] ?? ''
  return { at: Date.parse(created_at) * 1_000 + Number(micros.padEnd(3, '0')), id: expectString(id) }
}

/** The latest first; those of one moment in an order that is the same whenever it is asked. */
function compare(a: OrderPosition, b: OrderPosition): number {
  return b.at - a.at || (a.id < b.id ? -1 : Number(a.id > b.id))
}
