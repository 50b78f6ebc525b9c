import type { CountQuestion } from './countedMeters.js'
import { assertFresh, type FreshCache, type FreshCacheOptions, type Reading } from './freshCache.js'
import type { PaymentProvider } from './paymentProvider.js'
import type { CreateKeptCache } from './reader.js'

/** What was counted since a moment, by the provider's ids of the meters. */
export interface Quantities {
  /** ISO 8601. */
  since: string
  used: Readonly<Record<string, number>>
}

interface QuantitiesOptions extends Pick<FreshCacheOptions<Quantities>, 'now' | 'maxAge' | 'onRefreshed'> {
  createKeptCache: CreateKeptCache
  readQuantity: PaymentProvider['readQuantity']
  /** What an organization's usage is counted by at present. */
  toCount: (organizationId: string) => Promise<CountQuestion>
}

interface QuantitiesCache extends Pick<FreshCache<Quantities>, 'expire'> {
  /** @throws BillingError `SERVICE_UNAVAILABLE` where only the count of another period is known: it must not stand in for this one's. */
  get(organizationId: string, question: CountQuestion, maxAge: number): Promise<Reading<Quantities>>
}

/** Remembers what was counted, by organization. */
export function createQuantities(
  kind: string,
  { createKeptCache, readQuantity, toCount, now, ...rest }: QuantitiesOptions,
): QuantitiesCache {
  const cache = createKeptCache({ kind, read, now, ...rest })

  async function read(organizationId: string): Promise<Quantities> {
    const { since, meterIds } = await toCount(organizationId)
    const used = meterIds.map(
      async (id) => [id, await readQuantity(id, organizationId, since, now())] as const,
    )
    return { since: since.toISOString(), used: Object.fromEntries(await Promise.all(used)) }
  }

  async function get(
    organizationId: string,
    question: CountQuestion,
    maxAge: number,
  ): Promise<Reading<Quantities>> {
    const known = await cache.get(organizationId, maxAge)
    if (answers(known.value, question)) return known
    const reading = await cache.get(organizationId, NO_AGE)
    if (!answers(reading.value, question)) assertFresh({ ...reading, stale: true })
    return reading
  }

  return { get, expire: cache.expire }
}

const NO_AGE = -1

function answers({ since, used }: Quantities, question: CountQuestion): boolean {
  return since === question.since.toISOString() && question.meterIds.every((id) => Object.hasOwn(used, id))
}
