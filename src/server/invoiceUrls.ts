import type { Order } from '../contract/index.js'

/** Milliseconds: Polar signs the address of an invoice for ten minutes at the least (`S3_FILES_PRESIGN_TTL`). */
const MAX_AGE = 8 * 60_000
const MAX_REMEMBERED = 10_000

interface InvoiceUrls {
  /** Reads an order, and gives it without the address of its invoice. */
  takeFrom(readOrder: () => Promise<Order | null>): Promise<Order | null>
  /** The order with that address, as long as it opens. */
  putBack(order: Order): Order
}

/**
 * Whoever has the address of an invoice can read it: it stays in this process, for as long as it opens, and orders are kept
 * without it.
 */
export function createInvoiceUrls(now: () => Date): InvoiceUrls {
  const urls = new Map<string, { url: string; readAt: number }>()

  function remember(orderId: string, url: string | null, readAt: number): void {
    urls.delete(orderId)
    if (url === null) return
    urls.set(orderId, { url, readAt })
    if (urls.size > MAX_REMEMBERED) urls.delete(urls.keys().next().value as string)
  }

  return {
    takeFrom: async (readOrder) => {
      const readAt = now().getTime()
      const order = await readOrder()
      if (order === null) return null
      remember(order.id, order.invoicePdfUrl, readAt)
      return { ...order, invoicePdfUrl: null }
    },
    putBack: (order) => {
      const known = urls.get(order.id)
      const isUsable = known !== undefined && now().getTime() - known.readAt <= MAX_AGE
      return { ...order, invoicePdfUrl: isUsable ? known.url : null }
    },
  }
}
