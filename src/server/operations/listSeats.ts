import { BillingError, type Seats } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'

export async function listSeats(_context: BillingContext, _organizationId: string): Promise<Seats> {
  throw new BillingError('NOT_IMPLEMENTED', 'listSeats')
}
