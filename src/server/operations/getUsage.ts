import type { CatalogMeter, MeterUsage, Usage } from '../../contract/index.js'
import { usageLeft } from '../../contract/usageLeft.js'
import { currencyOf, estimatedCost, totalCost } from '../charges.js'
import type { BillingContext } from '../billingContext.js'
import { chargeOf, hasCounter, toCount } from '../countedMeters.js'
import type { Reading } from '../freshCache.js'
import { findMeter } from '../meters.js'
import type { Period } from '../period.js'
import type { MeterCounter, ProviderMeter } from '../provider.js'
import type { Quantities } from '../quantities.js'
import { allowancesInForce, readStanding, runningPeriod, type Standing } from '../standing.js'
import type { Count } from '../usage/pendingUsage.js'

interface UsageReading {
  organizationId: string
  standing: Standing
  period: Period
  readAt: Date
  stale: boolean
  countOf: (meter: ProviderMeter) => Count
}

export async function getUsage(context: BillingContext, organizationId: string): Promise<Usage> {
  const standing = await readStanding(context, organizationId)
  const reading = await readCounts(context, organizationId, standing)
  const entries = Object.entries(context.catalog.meters ?? {})
  const meters = (
    await Promise.all(entries.map(([key, meter]) => readMeter(context, reading, key, meter)))
  ).filter((meter) => meter !== null)
  const { start, end } = reading.period
  return {
    meters,
    ...flatNumbers(context, meters),
    currency: currencyOf(context, standing),
    estimatedCostCents: estimatedCost(context, standing),
    totalCost: totalCost(context, standing),
    billingPeriodStart: start.toISOString(),
    billingPeriodEnd: end.toISOString(),
    periodStart: start.toISOString(),
    periodEnd: new Date(end.getTime() - 1_000).toISOString(),
    generatedAt: reading.readAt.toISOString(),
    stale: reading.stale,
  }
}

/** The provider's counters, where they are those of the period. What it does not count so is counted from the period's start on. */
async function readCounts(
  context: BillingContext,
  organizationId: string,
  standing: Standing,
): Promise<UsageReading> {
  const { reading } = standing
  const period = runningPeriod(standing, context.now())
  const quantities = await readQuantities(context, organizationId, standing)
  const countOf = (meter: ProviderMeter): Count => {
    if (quantities !== undefined && !hasCounter(standing, meter.id)) {
      const { value, readAt, answeredAt } = quantities
      return { used: value.used[meter.id] ?? 0, countedAt: answeredAt, readAt, periodStart: period.start }
    }
    const counter = counterOf(standing, meter)
    return {
      used: counter?.used ?? 0,
      countedAt: new Date(counter?.countedAt ?? 0),
      readAt: reading.readAt,
      periodStart: period.start,
    }
  }
  // With a subscription the answer is as old as its oldest part.
  const isAsOfReading = quantities === undefined || (standing.isActive && reading.readAt < quantities.readAt)
  return {
    organizationId,
    standing,
    period,
    readAt: isAsOfReading ? reading.readAt : quantities.readAt,
    stale: reading.stale || quantities?.stale === true,
    countOf,
  }
}

/** `undefined`: the counters tell everything. */
async function readQuantities(
  context: BillingContext,
  organizationId: string,
  standing: Standing,
): Promise<Reading<Quantities> | undefined> {
  const { reader } = context
  const question = await toCount(context, standing)
  if (question.meterIds.length === 0) return undefined
  return standing.isActive
    ? reader.periodQuantities(organizationId, question)
    : reader.monthlyQuantities(organizationId, question)
}

/** `null` for a meter that the provider does not have: no number would be true. */
async function readMeter(
  context: BillingContext,
  reading: UsageReading,
  key: string,
  catalogMeter: CatalogMeter,
): Promise<MeterUsage | null> {
  const { organizationId, standing } = reading
  if (catalogMeter.source === 'app') {
    const used = await readGauge(context, key, organizationId)
    return toMeterUsage(context, standing, key, { used, pending: 0, included: undefined, amountCents: 0 })
  }
  const meter = await findMeter(context, key)
  if (meter === null) return null
  const count = reading.countOf(meter)
  return toMeterUsage(context, standing, key, {
    used: count.used,
    pending: await context.pendingUsage.unitsOf(organizationId, meter, count),
    included: creditsOf(context, standing, key, meter),
    amountCents: estimatedCost(context, standing, meter.id),
  })
}

async function readGauge({ gauges }: BillingContext, key: string, organizationId: string): Promise<number> {
  return (await gauges[key]?.(organizationId)) ?? 0
}

/**
 * What the provider credited to a subscription; `undefined`: as the catalog says. Past due it takes the credits away at once, so the
 * catalog speaks for the grace. Where nothing is credited and each unit has its price, the limit is no unit that the plan covers.
 */
function creditsOf(
  context: BillingContext,
  standing: Standing,
  key: string,
  meter: ProviderMeter,
): number | undefined {
  if (!standing.isActive || standing.subscription?.status === 'past_due') return undefined
  const credited = counterOf(standing, meter)?.credited ?? 0
  if (credited > 0) return credited
  if (chargeOf(standing, meter.id) === undefined) return undefined
  return allowancesInForce(context, standing).included[key] ?? 0
}

function counterOf({ reading }: Standing, meter: ProviderMeter): MeterCounter | undefined {
  return reading.value.counters.find(({ meterId }) => meterId === meter.id)
}

interface Measured {
  used: number
  pending: number
  /** `undefined`: as the catalog says. */
  included: number | undefined
  amountCents: number
}

function toMeterUsage(
  context: BillingContext,
  standing: Standing,
  key: string,
  measured: Measured,
): MeterUsage {
  const { catalog } = context
  const allowed = allowancesInForce(context, standing)
  const limit = allowed.limits[key] ?? null
  const { used, pending, amountCents } = measured
  const included = measured.included ?? allowed.included[key] ?? limit ?? 0
  return {
    key,
    name: catalog.meters?.[key]?.name ?? key,
    unit: catalog.meters?.[key]?.unit ?? '',
    used,
    pending,
    included,
    limit,
    ...usageLeft({ used, pending, limit, included }),
    amountCents,
  }
}

function flatNumbers({ catalog }: BillingContext, meters: readonly MeterUsage[]): Partial<Usage> {
  const numbers = meters.flatMap(({ key, used, pending }) => {
    const field = catalog.meters?.[key]?.field
    return field === undefined ? [] : [[field, used + pending] as const]
  })
  return Object.fromEntries(numbers)
}
