import { BillingError, type Orders, type OrdersInput } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'
import type { OrderPosition } from '../paymentProvider.js'

/**
 * Always asked for anew: a page that was kept would not fit the next one, and the answer has no place to say that it is old. So it
 * fails while the provider cannot be asked.
 */
export async function listOrders(
  { provider, limits }: BillingContext,
  organizationId: string,
  { cursor }: OrdersInput,
): Promise<Orders> {
  const after = cursor === undefined ? null : parseCursor(cursor)
  await limits.assert('history', organizationId)
  const { orders, next } = await provider.readOrders(organizationId, after)
  return { orders, nextCursor: next && `${next.at}_${next.id}` }
}

/** Whoever makes up a cursor sees his own orders from another one on. */
function parseCursor(cursor: string): OrderPosition {
  const [, at, id] = /^(\d{1,16})_([\w-]{1,100})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined) {
    throw new BillingError(
      'BAD_REQUEST',
      'This is no `nextCursor` of an answer: leave `cursor` out to begin with the first page.',
    )
  }
  return { at: Number(at), id }
}
