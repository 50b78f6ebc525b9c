import type { BillingContext } from './billingContext.js'
import type { ProviderMeter } from './provider.js'

type MeterLookup = Pick<BillingContext, 'catalog' | 'meterIds' | 'reader' | 'warnOnce'>

/** The provider's meter of a catalog meter: the one named in `createBilling({ meters })`, else the one of the same name. */
export async function findMeter(
  { catalog, meterIds, reader, warnOnce }: MeterLookup,
  key: string,
): Promise<ProviderMeter | null> {
  const id = meterIds[key]
  const name = catalog.meters?.[key]?.name
  const meters = await reader.meters()
  const meter = meters.find((candidate) => (id === undefined ? candidate.name === name : candidate.id === id))
  if (meter === undefined) {
    warnOnce(
      `The provider has no meter ${id ?? `"${name}"`}: create it there, or name its id as \`meters: { ${key}: '…' }\`. Its usage is left out.`,
    )
  }
  return meter ?? null
}

/** The provider's ids of all catalog meters that count events. */
export async function countedMeterIds(lookup: MeterLookup): Promise<string[]> {
  const counted = Object.entries(lookup.catalog.meters ?? {}).filter(([, { source }]) => source !== 'app')
  const meters = await Promise.all(counted.map(([key]) => findMeter(lookup, key)))
  return meters.flatMap((meter) => (meter === null ? [] : [meter.id]))
}
