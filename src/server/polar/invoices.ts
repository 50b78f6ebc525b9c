import type { models, PolarCore } from '@polar-sh/sdk/2026-10'
import { generateInvoiceOrders, getOrders, invoiceOrders } from '@polar-sh/sdk/2026-10/services/orders'
import { BillingError } from '../../contract/index.js'
import type { InvoiceReading } from '../paymentProvider.js'
import { callPolar, findInPolar, refusalOf, rejectedFields } from './callPolar.js'
import { expectString } from './expect.js'

/** `null`: this organization has no such order. */
export function readInvoice(
  core: PolarCore,
  orderId: string,
  organizationId: string,
): Promise<InvoiceReading | null> {
  return findInPolar('Reading the order', async () => {
    try {
      const order = await getOrders(core)(orderId)
      if (order.customer.external_id !== organizationId) return null
      return { url: await readInvoiceUrl(core, order) }
    } catch (error) {
      // An id that is no UUID.
      if (rejectedFields(error).length > 0) return null
      throw error
    }
  })
}

/** `null` until it has been made. */
export async function readInvoiceUrl(core: PolarCore, order: models.Order): Promise<string | null> {
  if (!order.is_invoice_generated) return null
  return callPolar('Reading the invoice', async () => expectString((await invoiceOrders(core)(order.id)).url))
}

export function generateInvoice(core: PolarCore, orderId: string): Promise<void> {
  return callPolar('Generating the invoice', async () => {
    try {
      await generateInvoiceOrders(core)(orderId)
    } catch (error) {
      throw explain(error)
    }
  })
}

function explain(error: unknown): unknown {
  const conflict = (message: string): BillingError => new BillingError('CONFLICT', message, { cause: error })
  switch (refusalOf(error)?.name) {
    case 'OrderNotEligibleForInvoice':
      return conflict(
        'This order has no invoice, because it was never charged: it is a draft, or it was voided. Ask for the invoice of another order.',
      )
    case 'MissingInvoiceBillingDetails':
      return conflict(
        'The invoice needs a billing name and address: add the billing details in the customer portal, then ask again.',
      )
    default:
      return error
  }
}
