import { isBillingError, type Order, type Product } from '../contract/index.js'
import { createCheckoutReader } from './checkoutReader.js'
import { createFreshCache, type Reading } from './freshCache.js'
import { monthOf } from './period.js'
import type { CustomerReading, PaymentProvider, ProviderMeter } from './provider.js'

const SECOND = 1_000
const HOUR = 3_600_000
/** How old a reading of a customer may be if no webhook says that something changed. */
const MAX_AGE = 30 * SECOND
/** While somebody may be on the provider's pages, where every click changes what was read: no reading is young enough. */
const WATCHED_MAX_AGE = -1
const WATCH_TIME = HOUR
/** The provider signs the address of an invoice for an hour. */
const INVOICE_URL_MAX_AGE = 50 * 60 * SECOND
/** More people than that are not on the provider's pages at once. */
const MAX_WATCHED = 10_000

/** Everything that is read from the provider, each thing no oftener than needed. */
export interface Reader {
  /** `maxAge` in milliseconds. */
  customer(organizationId: string, maxAge?: number): Promise<Reading<CustomerReading>>
  /** `null` and stale: the provider could not be asked yet. */
  latestOrder(organizationId: string): Promise<Pick<Reading<Order | null>, 'value' | 'stale'>>
  checkout: PaymentProvider['readCheckout']
  product(productId: string): Promise<Product>
  meters(): Promise<ProviderMeter[]>
  /** What each meter counted in the current UTC month, by meter id. */
  monthlyQuantities(organizationId: string): Promise<Reading<ReadonlyMap<string, number>>>
  /** Something about the organization changed: the next reads ask the provider. */
  expire(organizationId: string): void
  /** Usage arrived at the provider: its counts are out of date. */
  expireQuantities(organizationId: string): void
  /** Somebody of the organization was sent to the provider's pages: what is known is old, and for an hour every read asks. */
  watch(organizationId: string): void
  /** Whether anybody has asked about the organization. */
  knows(organizationId: string): boolean
}

interface ReaderOptions {
  provider: PaymentProvider
  now: () => Date
  /** The provider's ids of the meters that count by event. */
  countedMeters: () => Promise<string[]>
}

export function createReader({ provider, now, countedMeters }: ReaderOptions): Reader {
  const customers = createFreshCache({ read: provider.readCustomer, now, maxAge: MAX_AGE })
  const products = createFreshCache({ read: provider.readProduct, now, maxAge: HOUR })
  const meters = createFreshCache({ read: () => provider.readMeters(), now, maxAge: HOUR })
  const orders = createFreshCache({ read: readLatestOrder, now, maxAge: MAX_AGE })
  const quantities = createFreshCache({ read: readQuantities, now, maxAge: MAX_AGE })
  const watchedUntil = new Map<string, number>()

  async function readLatestOrder(organizationId: string): Promise<Order | null> {
    const { customerId } = (await customer(organizationId)).value
    return customerId === null ? null : provider.readLatestOrder(customerId)
  }

  async function latestOrder(organizationId: string): ReturnType<Reader['latestOrder']> {
    try {
      const { value, readAt, stale } = await orders.get(organizationId, maxAgeOf(organizationId))
      const isExpired = now().getTime() - readAt.getTime() > INVOICE_URL_MAX_AGE
      return { value: value && isExpired ? { ...value, invoicePdfUrl: null } : value, stale }
    } catch (error) {
      if (isBillingError(error) && error.code === 'SERVICE_UNAVAILABLE') return { value: null, stale: true }
      throw error
    }
  }

  async function readQuantities(key: string): Promise<ReadonlyMap<string, number>> {
    const { start, end } = monthOf(now())
    const ids = await countedMeters()
    return new Map(
      await Promise.all(
        ids.map(
          async (id) => [id, await provider.readQuantity(id, organizationOf(key), start, end)] as const,
        ),
      ),
    )
  }

  function maxAgeOf(organizationId: string): number {
    const until = watchedUntil.get(organizationId)
    if (until === undefined) return MAX_AGE
    if (now().getTime() < until) return WATCHED_MAX_AGE
    watchedUntil.delete(organizationId)
    return MAX_AGE
  }

  function customer(
    organizationId: string,
    maxAge = maxAgeOf(organizationId),
  ): Promise<Reading<CustomerReading>> {
    return customers.get(organizationId, maxAge)
  }

  // A count belongs to its month: last month's must not stand in for this one's when the provider cannot be asked.
  const quantityKey = (organizationId: string): string =>
    `${monthOf(now()).start.toISOString()} ${organizationId}`

  function expire(organizationId: string): void {
    customers.expire(organizationId)
    orders.expire(organizationId)
    quantities.expire(quantityKey(organizationId))
  }

  return {
    customer,
    latestOrder,
    checkout: createCheckoutReader(provider.readCheckout),
    product: async (productId) => (await products.get(productId)).value,
    meters: async () => (await meters.get('')).value,
    monthlyQuantities: (organizationId) =>
      quantities.get(quantityKey(organizationId), maxAgeOf(organizationId)),
    expire,
    expireQuantities: (organizationId) => quantities.expire(quantityKey(organizationId)),
    watch: (organizationId) => {
      expire(organizationId)
      watchedUntil.set(organizationId, now().getTime() + WATCH_TIME)
      if (watchedUntil.size > MAX_WATCHED) watchedUntil.delete(watchedUntil.keys().next().value as string)
    },
    knows: (organizationId) => customers.has(organizationId),
  }
}

function organizationOf(quantityKey: string): string {
  return quantityKey.slice(quantityKey.indexOf(' ') + 1)
}
