import {
  BillingError,
  type CatalogMeter,
  type UsageHistory,
  type UsageHistoryInput,
} from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'
import { findMeter } from '../meters.js'
import type { ProviderMeter } from '../provider.js'
import { allowancesInForce, readStanding, runningPeriod } from '../standing.js'
import { toRange } from '../usageRange.js'

/** What the provider has counted. Usage that it has not counted yet is not in it: only its sum is known (`getUsage`). */
export async function getUsageHistory(
  context: BillingContext,
  organizationId: string,
  { meter: key, ...asked }: UsageHistoryInput,
): Promise<UsageHistory> {
  const { name, unit } = countedMeter(context, key)
  // What is wrong with it in any period costs no call.
  toRange(asked, context.now())
  const standing = await readStanding(context, organizationId)
  const period = isPeriod(asked) ? runningPeriod(standing, context.now()) : undefined
  toRange(asked, context.now(), period)
  const { id: meterId } = await providerMeter(context, key)
  const { value, readAt, stale } = await context.readUsageHistory({
    organizationId,
    meterId,
    period,
    ...asked,
  })
  return {
    meter: key,
    name,
    unit,
    ...value,
    total: value.points.reduce((sum, { used }) => sum + used, 0),
    limit: allowancesInForce(context, standing).limits[key] ?? null,
    generatedAt: readAt.toISOString(),
    stale: stale || standing.reading.stale,
  }
}

function isPeriod({ range, from }: Pick<UsageHistoryInput, 'range' | 'from'>): boolean {
  return range === 'period' || (range === undefined && from === undefined)
}

function countedMeter({ catalog }: BillingContext, key: string): CatalogMeter {
  const meters = Object.entries(catalog.meters ?? {})
  const counted = meters.filter(([, { source }]) => source !== 'app').map(([name]) => name)
  const known = counted.length === 0 ? 'none' : counted.join(', ')
  const [, meter] = meters.find(([name]) => name === key) ?? []
  if (meter === undefined)
    throw new BillingError('BAD_REQUEST', `There is no such meter. Those with a history: ${known}.`)
  if (meter.source === 'app') {
    throw new BillingError(
      'BAD_REQUEST',
      `The meter "${key}" has no history: the app says what it reads now. Those with one: ${known}.`,
    )
  }
  return meter
}

async function providerMeter(context: BillingContext, key: string): Promise<ProviderMeter> {
  const meter = await findMeter(context, key)
  if (meter !== null) return meter
  throw new BillingError(
    'INTERNAL_SERVER_ERROR',
    `The provider has no meter for "${key}": create it there, or name its id in \`meters\`.`,
  )
}
