'use client'
import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { useBilling } from '../context.js'
import type { BillingError } from '../contract/errors.js'
import type { InvoiceInput } from '../contract/orders.js'
import { type InvoiceLink, invoiceMutationOptions, type InvoiceOptions } from '../query/invoice.js'

/**
 * Opens an order's invoice in a tab: `mutate({ orderId })`, called by a click. It waits half a minute for one that is still being made;
 * then `error.code` is `TIMEOUT`, and asking again in a minute helps. Polar sends invoices as downloads, and leaves the tab
 * where it is: `sentText` is what it says then. With `open: false` the URL comes back as `data.url`.
 */
export function useInvoice(
  options?: InvoiceOptions,
): UseMutationResult<InvoiceLink, BillingError, InvoiceInput> {
  return useMutation(invoiceMutationOptions(useBilling(), options))
}
