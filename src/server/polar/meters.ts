import type { models, PolarCore } from '@polar-sh/sdk/2026-10'
import { iterListMeters, quantitiesMeters } from '@polar-sh/sdk/2026-10/services/meters'
import type { PaymentProvider } from '../paymentProvider.js'
import type { ProviderMeter, UsageMetadata } from '../provider.js'
import { callPolar } from './callPolar.js'
import { expectNumber } from './expect.js'

type UsageEvent = Parameters<PaymentProvider['unitsOf']>[1]

type Rule = Pick<models.Meter, 'filter' | 'aggregation'>

export function readMeters(core: PolarCore): Promise<ProviderMeter[]> {
  return callPolar('Reading the meters', async () => {
    const meters: ProviderMeter[] = []
    for await (const { id, name, filter, aggregation } of iterListMeters(core)({
      is_archived: false,
      limit: 100,
    })) {
      meters.push({ id, name, rule: { filter, aggregation } satisfies Rule })
    }
    return meters
  })
}

export function readQuantity(
  core: PolarCore,
  meterId: string,
  organizationId: string,
  from: Date,
  to: Date,
): Promise<number> {
  return callPolar('Reading the quantities of a meter', async () => {
    const { total } = await quantitiesMeters(core)(meterId, {
      external_customer_id: organizationId,
      start_timestamp: from.toISOString(),
      end_timestamp: to.toISOString(),
      interval: to.getTime() - from.getTime() <= LONGEST_IN_DAYS ? 'day' : 'month',
      timezone: zoneOfMidnight(from),
    })
    return expectNumber(total)
  })
}

/** Polar counts so much in days, and more only in months. */
const LONGEST_IN_DAYS = 366 * 86_400_000

/** Polar counts the first day in full: this is the zone in which it begins with the hour of the moment. */
function zoneOfMidnight(moment: Date): models.Timezone {
  const hour = moment.getUTCHours()
  if (hour === 0) return 'UTC'
  // The signs of these names are the other way round: it is noon UTC when the day begins in GMT+12.
  return (hour <= 12 ? `Etc/GMT+${hour}` : `Etc/GMT-${24 - hour}`) as models.Timezone
}

/** Counts one event as Polar will: only `count` and `sum` add up, and only JSON numbers are summed. */
export function unitsOf(meter: ProviderMeter, event: UsageEvent): number {
  const { filter, aggregation } = meter.rule as Rule
  if (!matches(filter, event)) return 0
  if (aggregation.func === 'count') return 1
  if (aggregation.func !== 'sum') return 0
  const value = propertyOf(event, aggregation.property)
  return typeof value === 'number' ? value : 0
}

function matches(filter: models.Filter, event: UsageEvent): boolean {
  if (filter.clauses.length === 0) return true
  const test = (clause: models.Filter | models.FilterClause): boolean =>
    'clauses' in clause ? matches(clause, event) : holds(clause, propertyOf(event, clause.property))
  return filter.conjunction === 'and' ? filter.clauses.every(test) : filter.clauses.some(test)
}

function propertyOf(event: UsageEvent, property: string): UsageMetadata[string] | undefined {
  if (property === 'name') return event.name
  if (property === 'source') return 'user'
  const key = property.replace(/^metadata\./, '')
  return Object.hasOwn(event.metadata, key) ? event.metadata[key] : undefined
}

function holds(
  { operator, value: wanted }: models.FilterClause,
  value: UsageMetadata[string] | undefined,
): boolean {
  if (value === undefined) return false
  switch (operator) {
    case 'eq':
      return value === wanted
    case 'ne':
      return value !== wanted
    case 'gt':
      return value > wanted
    case 'gte':
      return value >= wanted
    case 'lt':
      return value < wanted
    case 'lte':
      return value <= wanted
    case 'like':
      return String(value).includes(String(wanted))
    case 'not_like':
      return !String(value).includes(String(wanted))
  }
}
