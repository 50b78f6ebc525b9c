import type { PaymentProvider } from './paymentProvider.js'

/** Milliseconds after which an invoice that has not come is asked for once more. */
const PATIENCE = 60_000
const MAX_REMEMBERED = 10_000

export interface InvoiceRequests {
  /** Has the invoice of an order made, unless that is under way. */
  request(orderId: string): Promise<void>
}

/** Asking again while the provider is at it would have the invoice made twice. Another process may do so, which the provider bears. */
export function createInvoiceRequests(
  generateInvoice: PaymentProvider['generateInvoice'],
  now: () => Date,
): InvoiceRequests {
  const requests = new Map<string, { at: number; answer: Promise<void> }>()

  return {
    request: async (orderId) => {
      const known = requests.get(orderId)
      const at = now().getTime()
      if (known !== undefined && at - known.at < PATIENCE) return known.answer
      const answer = generateInvoice(orderId)
      requests.set(orderId, { at, answer })
      if (requests.size > MAX_REMEMBERED) requests.delete(requests.keys().next().value as string)
      try {
        await answer
      } catch (error) {
        requests.delete(orderId)
        throw error
      }
    },
  }
}
