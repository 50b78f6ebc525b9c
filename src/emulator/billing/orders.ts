import type { models } from '@polar-sh/sdk/2026-10'
import { assign, required } from '../core/database.js'
import { newId, newToken, shortCode } from '../core/ids.js'
import type { CheckoutRow, CustomerRow, OrderRow, SubscriptionRow } from '../core/rows.js'
import { type World, timestamp, touch } from '../core/world.js'
import { recordSystemEvent } from '../metering/systemEvents.js'
import { toOrder } from '../serialize/order.js'
import { emit } from '../webhooks/emit.js'

export interface OrderLine {
  label: string
  amount: number
  priceId: string | null
  proration?: boolean
}

interface NewOrder {
  customer: CustomerRow
  productId: string
  currency: string
  reason: models.OrderBillingReason
  lines: readonly OrderLine[]
  status: 'pending' | 'paid'
  subscription?: SubscriptionRow
  checkout?: CheckoutRow
}

/** Writes an order and announces it. The emulator charges no tax. */
export function createOrder(world: World, order: NewOrder): OrderRow {
  const { customer, subscription, checkout } = order
  const total = order.lines.reduce((sum, line) => sum + line.amount, 0)
  const product = required(world.db.products, order.productId)
  const metadata = subscription?.metadata ?? checkout?.metadata ?? {}
  const row: OrderRow = {
    id: newId(),
    created_at: timestamp(world),
    modified_at: null,
    status: order.status,
    paid: order.status === 'paid',
    subtotal_amount: total,
    discount_amount: 0,
    net_amount: total,
    tax_amount: 0,
    total_amount: total,
    applied_balance_amount: 0,
    due_amount: order.status === 'paid' ? 0 : total,
    refunded_amount: 0,
    refunded_tax_amount: 0,
    currency: order.currency,
    billing_reason: order.reason,
    billing_name: customer.billing_name ?? customer.name,
    billing_address: customer.billing_address,
    invoice_number: invoiceNumber(world, customer),
    is_invoice_generated: false,
    receipt_number: null,
    seats: subscription?.seats ?? checkout?.seats ?? null,
    units: null,
    customer_id: customer.id,
    product_id: product.id,
    discount_id: null,
    subscription_id: subscription?.id ?? null,
    checkout_id: checkout?.id ?? subscription?.checkout_id ?? null,
    next_payment_attempt_at: null,
    metadata: { ...metadata },
    custom_field_data: { ...checkout?.custom_field_data },
    platform_fee_amount: platformFee(total),
    platform_fee_currency: order.currency,
    items: order.lines.map((line) => toItem(world, line)),
    description: product.name,
    refundable_amount: order.status === 'paid' ? total : 0,
    refundable_tax_amount: 0,
    failedAttempts: 0,
    documentToken: newToken('', 32),
  }
  world.db.orders.set(row.id, row)
  announceOrder(world, row, 'created')
  return row
}

/** The charge went through. */
export function payOrder(world: World, order: OrderRow): void {
  assign(order, {
    status: 'paid',
    paid: true,
    due_amount: 0,
    refundable_amount: order.net_amount,
    next_payment_attempt_at: null,
  })
  announcePaid(world, order)
}

/** `order.updated` and `order.paid`: sent also for an order that was paid from the start. */
export function announcePaid(world: World, order: OrderRow): void {
  if (order.total_amount > 0) order.receipt_number = `RCPT-${order.invoice_number}`
  announceOrder(world, order, 'updated')
  recordSystemEvent(world, required(world.db.customers, order.customer_id), 'order.paid', {
    order_id: order.id,
    amount: order.total_amount,
    currency: order.currency,
    net_amount: order.net_amount,
    tax_amount: order.tax_amount,
    ...(order.subscription_id === null ? {} : { subscription_id: order.subscription_id }),
  })
  announceOrder(world, order, 'paid')
}

/** A revoked subscription owes nothing any more. Returns the orders that were open. */
export function voidPendingOrders(world: World, subscription: SubscriptionRow): OrderRow[] {
  const orders = pendingOrders(world, subscription)
  for (const order of orders) {
    assign(order, { status: 'void', due_amount: 0, next_payment_attempt_at: null })
    announceOrder(world, order, 'updated')
  }
  return orders
}

function pendingOrders(world: World, subscription: SubscriptionRow): OrderRow[] {
  return world.db.orders
    .of(subscription.customer_id)
    .filter((order) => order.subscription_id === subscription.id && order.status === 'pending')
}

export function announceOrder(world: World, order: OrderRow, what: 'created' | 'updated' | 'paid'): void {
  if (what !== 'created') touch(world, order)
  emit(world, `order.${what}`, toOrder(order, world.db))
}

function toItem(world: World, line: OrderLine): models.OrderItemSchema {
  return {
    created_at: timestamp(world),
    modified_at: null,
    id: newId(),
    label: line.label,
    amount: line.amount,
    tax_amount: 0,
    proration: line.proration ?? false,
    product_price_id: line.priceId,
    start_timestamp: null,
    end_timestamp: null,
  }
}

/** Numbered per customer, e.g. `ACME-7XK2-0001`. */
function invoiceNumber(world: World, customer: CustomerRow): string {
  const prefix = world.organization.slug.replaceAll('-', '').slice(0, 6).toUpperCase()
  const count = world.db.orders.of(customer.id).length + 1
  return `${prefix}-${shortCode(customer.id)}-${String(count).padStart(4, '0')}`
}

/** Polar's share: 4 % and 40 cents of what is charged. */
function platformFee(total: number): number {
  return total > 0 ? Math.round(total * 0.04) + 40 : 0
}
