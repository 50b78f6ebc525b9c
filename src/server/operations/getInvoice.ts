import { BillingError, type Invoice, type InvoiceInput } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'

export async function getInvoice(
  _context: BillingContext,
  _organizationId: string,
  _input: InvoiceInput,
): Promise<Invoice> {
  throw new BillingError('NOT_IMPLEMENTED', 'getInvoice')
}
