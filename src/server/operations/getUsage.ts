import type { CatalogMeter, MeterUsage, Usage } from '../../contract/index.js'
import { usageLeft } from '../../contract/usageLeft.js'
import { currencyOf, estimatedCost, totalCost } from '../charges.js'
import type { BillingContext } from '../billingContext.js'
import { findMeter } from '../meters.js'
import type { Period } from '../period.js'
import type { ProviderMeter } from '../provider.js'
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

/** A subscription has counters of its own. */
async function readCounts(
  context: BillingContext,
  organizationId: string,
  standing: Standing,
): Promise<UsageReading> {
  const { subscription, isActive, reading } = standing
  const period = runningPeriod(standing, context.now())
  if (subscription !== undefined && isActive) {
    const countOf = (meter: ProviderMeter): Count => {
      const counter = reading.value.counters.find(({ meterId }) => meterId === meter.id)
      return {
        used: counter?.used ?? 0,
        countedAt: new Date(counter?.countedAt ?? 0),
        readAt: reading.readAt,
        periodStart: period.start,
      }
    }
    return { organizationId, standing, period, readAt: reading.readAt, stale: reading.stale, countOf }
  }
  const quantities = await context.reader.monthlyQuantities(organizationId)
  const countOf = (meter: ProviderMeter): Count => ({
    used: quantities.value[meter.id] ?? 0,
    countedAt: quantities.answeredAt,
    readAt: quantities.readAt,
    periodStart: period.start,
  })
  return { organizationId, standing, period, readAt: quantities.readAt, stale: quantities.stale, countOf }
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
    included: creditsOf(standing, meter),
    amountCents: estimatedCost(context, standing, meter.id),
  })
}

async function readGauge({ gauges }: BillingContext, key: string, organizationId: string): Promise<number> {
  return (await gauges[key]?.(organizationId)) ?? 0
}

/** What the provider credited to a subscription. Past due it takes the credits away at once, so the catalog speaks for the grace. */
function creditsOf({ subscription, isActive, reading }: Standing, meter: ProviderMeter): number | undefined {
  if (subscription === undefined || !isActive || subscription.status === 'past_due') return undefined
  return reading.value.counters.find(({ meterId }) => meterId === meter.id)?.credited ?? 0
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
