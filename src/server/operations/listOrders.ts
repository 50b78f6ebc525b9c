import { BillingError, type Orders, type OrdersInput } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'

export async function listOrders(
  _context: BillingContext,
  _organizationId: string,
  _input: OrdersInput,
): Promise<Orders> {
  throw new BillingError('NOT_IMPLEMENTED', 'listOrders')
}
