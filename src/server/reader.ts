import { type Changed, isBillingError, type Order } from '../contract/index.js'
import { createCheckoutReader } from './checkoutReader.js'
import type { CountQuestion } from './countedMeters.js'
import {
  createFreshCache,
  type FreshCache,
  type FreshCacheOptions,
  type OnRefreshed,
  type Reading,
  type RefreshOutcome,
} from './freshCache.js'
import { createCommonCache } from './createCommonCache.js'
import { createWatched } from './createWatched.js'
import { createInvoiceUrls } from './invoiceUrls.js'
import { changeOfCustomer, changeOfPart } from './live/changeOf.js'
import type { PaymentProvider, Priority } from './paymentProvider.js'
import type { CustomerReading, ProviderMeter, ProviderProduct } from './provider.js'
import { createQuantities, type Quantities } from './quantities.js'
import type { Told } from './webhooks/createTold.js'

const SECOND = 1_000
const MINUTE = 60_000
/** How old a reading of a customer may be: webhooks say when something changed, and one in a thousand may get lost. */
const MAX_AGE = 5 * MINUTE
const MAX_AGE_UNTOLD = 30 * SECOND
/** While somebody may be on the provider's pages, where every click changes what was read: no reading is young enough. */
const NO_AGE = -1

/** Everything that is read from the provider, each thing no oftener than needed. */
export interface Reader {
  /** `maxAge` in milliseconds. */
  customer(organizationId: string, maxAge?: number, priority?: Priority): Promise<Reading<CustomerReading>>
  /** Reads a customer again for whom nobody waits: every other call to the provider goes before. */
  reconcile(organizationId: string): Promise<Reading<CustomerReading>>
  /** `null` and stale: the provider could not be asked yet. */
  latestOrder(organizationId: string): Promise<Pick<Reading<Order | null>, 'value' | 'stale'>>
  checkout: PaymentProvider['readCheckout']
  product(productId: string, priority?: Priority): Promise<ProviderProduct>
  meters(): Promise<ProviderMeter[]>
  /** What meters counted in the UTC month of an organization without a subscription. */
  monthlyQuantities(organizationId: string, question: CountQuestion): Promise<Reading<Quantities>>
  /** What meters counted in the period of a subscription: asked for no oftener than the customer is read. */
  periodQuantities(organizationId: string, question: CountQuestion): Promise<Reading<Quantities>>
  /** Something about the organization changed: the next reads ask the provider. */
  expire(organizationId: string): Promise<void>
  /** Usage arrived at the provider: its counts are out of date. Of a customer's the provider itself tells, by a webhook. */
  expireQuantities(organizationId: string): Promise<void>
  /** Somebody of the organization was sent to the provider's pages: what is known is old, and for an hour reads ask, as long as they may. */
  watch(organizationId: string): Promise<void>
  /** Whether anybody has asked about the organization. */
  knows(organizationId: string): Promise<boolean>
}

export interface KeptCacheOptions<Value> extends FreshCacheOptions<Value> {
  /** What is read. A value whose shape changes is another kind. */
  kind: string
}

/** Makes a cache for values that survive JSON and hold nothing that opens a door: they may be written down. */
export type CreateKeptCache = <Value>(options: KeptCacheOptions<Value>) => FreshCache<Value>

interface ReaderOptions {
  provider: PaymentProvider
  now: () => Date
  /** Whether webhooks come. */
  isTold: boolean
  /** Whether a read of the organization may ask, although what is known is young. */
  mayAsk: (organizationId: string) => Promise<boolean>
  /** What an organization's usage is counted by at present. */
  toCount: (organizationId: string) => Promise<CountQuestion>
  /** Keeps what is known of organizations. @default in this process */
  createKeptCache?: CreateKeptCache | undefined
  /** Adds what webhooks have told while the provider cannot be asked. */
  told?: Told | undefined
  /** An organization was read again, and what browsers show of it is old. */
  onChange?: ((organizationId: string, changed: Changed) => Promise<void>) | undefined
}

export function createReader(options: ReaderOptions): Reader {
  const { provider, now, isTold, mayAsk, toCount, createKeptCache = createFreshCache, told } = options
  const maxAge = isTold ? MAX_AGE : MAX_AGE_UNTOLD
  const customers = createKeptCache({
    kind: 'customer',
    read: provider.readCustomer,
    now,
    maxAge,
    onRefreshed: tellOf(changeOfCustomer),
  })
  const orders = createKeptCache({
    kind: 'latest order',
    read: readLatestOrder,
    now,
    maxAge,
    onRefreshed: tellOf((outcome) => changeOfPart(outcome, 'status')),
  })
  const counting = {
    createKeptCache,
    readQuantity: provider.readQuantity,
    toCount,
    now,
    maxAge,
    onRefreshed: tellOf<Quantities>((outcome) => changeOfPart(outcome, 'usage')),
  }
  const ofMonths = createQuantities('quantities of a month', counting)
  const ofPeriods = createQuantities('quantities of a period', counting)
  const products = createCommonCache(createKeptCache, {
    kind: 'sold product',
    read: provider.readProduct,
    now,
  })
  const meters = createCommonCache(createKeptCache, {
    kind: 'meters',
    read: () => provider.readMeters(),
    now,
  })
  const invoiceUrls = createInvoiceUrls(now)
  const watched = createWatched(now)

  function tellOf<Value>(changeOf: (outcome: RefreshOutcome<Value>) => Changed | null): OnRefreshed<Value> {
    return async (organizationId, outcome) => {
      const changed = changeOf(outcome)
      if (changed !== null) await options.onChange?.(organizationId, changed)
    }
  }

  async function readLatestOrder(organizationId: string): Promise<Order | null> {
    const { customerId } = (await customer(organizationId)).value
    return customerId === null ? null : invoiceUrls.takeFrom(() => provider.readLatestOrder(customerId))
  }

  async function latestOrder(organizationId: string): ReturnType<Reader['latestOrder']> {
    try {
      const { value, stale } = await orders.get(organizationId, await maxAgeOf(organizationId))
      return { value: value && invoiceUrls.putBack(value), stale }
    } catch (error) {
      if (isBillingError(error) && error.code === 'SERVICE_UNAVAILABLE') return { value: null, stale: true }
      throw error
    }
  }

  async function maxAgeOf(organizationId: string): Promise<number> {
    if (!watched.has(organizationId)) return maxAge
    return (await mayAsk(organizationId)) ? NO_AGE : MAX_AGE_UNTOLD
  }

  async function customer(
    organizationId: string,
    maxAge?: number,
    priority?: Priority,
  ): Promise<Reading<CustomerReading>> {
    try {
      const reading = await customers.get(
        organizationId,
        maxAge ?? (await maxAgeOf(organizationId)),
        priority,
      )
      return (reading.stale && (await told?.(organizationId, reading))) || reading
    } catch (error) {
      const isAway = isBillingError(error) && error.code === 'SERVICE_UNAVAILABLE'
      const reading = isAway ? await told?.(organizationId, undefined) : undefined
      if (reading === undefined) throw error
      return reading
    }
  }

  async function expire(organizationId: string): Promise<void> {
    await Promise.all([
      customers.expire(organizationId),
      orders.expire(organizationId),
      ofMonths.expire(organizationId),
      ofPeriods.expire(organizationId),
    ])
  }

  return {
    customer,
    reconcile: (organizationId) => customers.get(organizationId, NO_AGE, 'reconciliation'),
    latestOrder,
    checkout: createCheckoutReader(provider.readCheckout),
    product: async (productId, priority) => (await products.get(productId, MINUTE, priority)).value,
    meters: async () => (await meters.get('')).value,
    monthlyQuantities: async (organizationId, question) =>
      ofMonths.get(organizationId, question, await maxAgeOf(organizationId)),
    periodQuantities: async (organizationId, question) =>
      ofPeriods.get(organizationId, question, await maxAgeOf(organizationId)),
    expire,
    expireQuantities: ofMonths.expire,
    watch: async (organizationId) => {
      watched.add(organizationId)
      await expire(organizationId)
    },
    knows: (organizationId) => customers.has(organizationId),
  }
}
