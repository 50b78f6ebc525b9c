import { ApiError } from '../core/errors.js'
import type { OrderRow } from '../core/rows.js'
import { type World, publicUrl } from '../core/world.js'
import { announceOrder } from './orders.js'

/** Polar renders the document in the background; `order.updated` says when it is there. */
export function generateInvoice(world: World, row: OrderRow): void {
  if (row.status === 'draft' || row.status === 'void') {
    throw new ApiError(409, 'OrderNotEligibleForInvoice', 'This order is not eligible for an invoice.')
  }
  if (row.billing_name === null || row.billing_address === null) {
    throw new ApiError(
      422,
      'MissingInvoiceBillingDetails',
      'Billing name and address are required to generate the invoice.',
    )
  }
  const task = `invoice of ${row.id}`
  // Whoever asks again does not wait for longer.
  if (world.clock.isPlanned(task)) return
  const due = world.clock.now() + world.settings.invoiceDelay
  world.clock.schedule(task, due, () => completeInvoice(world, row))
}

export function completeInvoice(world: World, row: OrderRow): void {
  row.is_invoice_generated = true
  announceOrder(world, row, 'updated')
}

/** Where the document is served. The token in it is all that protects it, like Polar's presigned links. */
export function documentUrl(world: World, row: OrderRow, kind: 'invoice' | 'receipt'): string {
  return `${publicUrl(world)}/documents/${row.documentToken}/${kind}`
}
