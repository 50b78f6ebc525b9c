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

/** The catalog's key of each meter of the provider that it counts by. */
export async function meterKeys(lookup: MeterLookup): Promise<ReadonlyMap<string, string>> {
  const counted = Object.entries(lookup.catalog.meters ?? {}).filter(([, { source }]) => source !== 'app')
  const found = await Promise.all(
    counted.map(async ([key]) => [(await findMeter(lookup, key))?.id, key] as const),
  )
  return new Map(found.flatMap(([id, key]) => (id === undefined ? [] : [[id, key] as const])))
}
