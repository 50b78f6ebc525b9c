import type { models } from '@polar-sh/sdk/2026-10'
import type { Order, Price, Product } from '../../contract/index.js'
import type { ProviderPrice, ProviderProduct, ProviderSubscription } from '../provider.js'

/** One way of writing dates: Polar's have microseconds, ours milliseconds. */
export function iso(date: string): string
export function iso(date: string | null | undefined): string | null
export function iso(date: string | null | undefined): string | null {
  return date === null || date === undefined ? null : new Date(date).toISOString()
}

export function toSubscription(subscription: models.Subscription): ProviderSubscription {
  const pending = subscription.pending_update
  return {
    id: subscription.id,
    modifiedAt: subscription.modified_at ?? subscription.created_at,
    checkoutId: subscription.checkout_id,
    status: toStatus(subscription.status),
    product: toProduct(subscription.product),
    amount: subscription.amount,
    currency: subscription.currency.toUpperCase(),
    currentPeriodStart: iso(subscription.current_period_start),
    currentPeriodEnd: iso(subscription.current_period_end),
    trialStart: iso(subscription.trial_start),
    trialEnd: iso(subscription.trial_end),
    cancelAtPeriodEnd: subscription.cancel_at_period_end,
    endsAt: iso(subscription.ends_at),
    endedAt: iso(subscription.ended_at),
    pastDueAt: iso(subscription.past_due_at),
    pauseAtPeriodEnd: subscription.pause_at_period_end,
    pausedAt: iso(subscription.paused_at),
    resumesAt: iso(subscription.resumes_at),
    seats: subscription.seats ?? null,
    pendingChange: pending && {
      productId: pending.product_id,
      seats: pending.seats,
      // Polar applies it with the next renewal, and `applies_at` stays the end of the period that it was planned in.
      appliesAt: iso(subscription.current_period_end),
    },
    charges: subscription.meters.map(({ meter_id, amount, created_at }) => ({
      meterId: meter_id,
      amount,
      since: iso(created_at),
    })),
  }
}

// Polar's current server assigns neither `incomplete_expired` nor `unpaid`; old subscriptions still carry them.
function toStatus(status: models.SubscriptionStatus): ProviderSubscription['status'] {
  return status === 'incomplete_expired' || status === 'unpaid' ? 'canceled' : status
}

export function toProduct(product: models.Product): Product {
  return {
    id: product.id,
    name: product.name,
    description: product.description,
    recurringInterval: product.recurring_interval,
    prices: presentPrices(product).map((price) => toPrice(price, product.recurring_interval)),
    benefits: product.benefits.map(({ id, type, description }) => ({
      id,
      type: toBenefitType(type),
      description,
    })),
  }
}

/** With what only the price list tells. */
export function toProviderProduct(product: models.Product): ProviderProduct {
  const interval = product.trial_interval ?? null
  const count = product.trial_interval_count ?? null
  return {
    ...toProduct(product),
    trial: interval === null || count === null ? null : { interval, count },
    prices: presentPrices(product).map((price) => ({
      ...toPrice(price, product.recurring_interval),
      ...counts(price),
    })),
    credits: creditsOf(product),
  }
}

function creditsOf({ benefits }: models.Product): Record<string, number> {
  const credits: Record<string, number> = {}
  for (const benefit of benefits) {
    if (benefit.type !== 'meter_credit') continue
    const { meter_id: meterId, units } = benefit.properties
    credits[meterId] = (credits[meterId] ?? 0) + units
  }
  return credits
}

function counts(price: PolarPrice): Pick<ProviderPrice, 'meterId'> {
  const isMetered = price.amount_type === 'metered_unit' || price.amount_type === 'metered_tiers'
  return isMetered ? { meterId: price.meter_id } : {}
}

function presentPrices({ prices }: models.Product): PolarPrice[] {
  return prices.filter((price) => !price.is_archived)
}

type PolarPrice = models.Product['prices'][number]

function toPrice(price: PolarPrice, recurringInterval: string | null): Price {
  const common = { id: price.id, currency: price.price_currency.toUpperCase(), recurringInterval }
  switch (price.amount_type) {
    case 'fixed':
      return { ...common, amount: price.price_amount, type: 'recurring' }
    case 'metered_unit':
      return { ...common, amount: null, type: 'metered', unitAmount: price.unit_amount }
    case 'metered_tiers':
      return { ...common, amount: null, type: 'metered', unitAmount: null }
    case 'seat_based':
      return { ...common, amount: null, type: 'seat', ...perSeat(price) }
    default:
      return { ...common, amount: null, type: 'custom', unitAmount: null }
  }
}

function perSeat({
  seat_tiers: { tiers, minimum_seats: minimumSeats },
}: Extract<PolarPrice, { amount_type: 'seat_based' }>): Pick<
  Price,
  'unitAmount' | 'minimumSeats' | 'unitAmountUpTo'
> {
  const [first] = tiers
  if (first === undefined) return { unitAmount: null, minimumSeats }
  return {
    unitAmount: String(first.price_per_seat),
    minimumSeats,
    unitAmountUpTo: first.max_seats ?? null,
  }
}

function toBenefitType(type: string): string {
  return type === 'feature_flag' || type === 'custom' ? 'feature' : type
}

export function toOrder(order: models.Order, invoicePdfUrl: string | null): Order {
  return {
    id: order.id,
    status: order.status === 'paid' ? 'completed' : order.status,
    paid: order.paid,
    amount: order.total_amount,
    currency: order.currency.toUpperCase(),
    invoiceNumber: order.invoice_number,
    invoicePdfUrl,
    createdAt: iso(order.created_at),
    description: order.description,
    // Polar keeps what was paid back and its tax apart.
    refundedAmount: order.refunded_amount + order.refunded_tax_amount,
  }
}
