import { BillingError, type Invoice, type InvoiceInput } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'

/** The link opens the invoice for everybody who has it: it is handed on and kept nowhere. */
export async function getInvoice(
  { provider, limits, invoices }: BillingContext,
  organizationId: string,
  { orderId }: InvoiceInput,
): Promise<Invoice> {
  await limits.assert('invoice', organizationId)
  const reading = await provider.readInvoice(orderId, organizationId)
  // The same for an order of somebody else: nobody learns which ids there are.
  if (reading === null) throw new BillingError('NOT_FOUND', 'This organization has no such order.')
  if (reading.url !== null) return { url: reading.url }
  await invoices.request(orderId)
  return { pending: true }
}
