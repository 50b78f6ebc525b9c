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
      interval: 'month',
      timezone: 'UTC',
    })
    return expectNumber(total)
  })
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
