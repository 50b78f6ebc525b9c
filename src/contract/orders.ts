import type { Order } from './subscription.js'

export interface OrdersInput {
  /** The `nextCursor` of the page before; absent: the first page. */
  cursor?: string | undefined
}

/** A page of what was ordered, the latest first. An order that arrives between two pages moves none of the others. */
export interface Orders {
  orders: Order[]
  /** Names the next page; `null`: this is the last. Opaque. */
  nextCursor: string | null
}

export interface InvoiceInput {
  orderId: string
}

/** An order's invoice: a link that works for minutes, or, while the PDF is being made, word of that: ask again. */
export type Invoice = { url: string; pending?: undefined } | { pending: true; url?: undefined }
