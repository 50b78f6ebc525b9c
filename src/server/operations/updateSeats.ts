import { BillingError, type Seats, type SeatsUpdate } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'

export async function updateSeats(
  _context: BillingContext,
  _organizationId: string,
  _input: SeatsUpdate,
): Promise<Seats> {
  throw new BillingError('NOT_IMPLEMENTED', 'updateSeats')
}
