import type { ByInterval, CatalogPlan } from './catalog.js'
import type { Allowances, PlanPrice } from './plans.js'

/** What a plan of the catalog allows where it is paid by that interval: `allowancesIn(catalog.plans.pro, 'year').included.characters`. */
export function allowancesIn(
  { limits, included }: Pick<CatalogPlan, 'limits' | 'included'>,
  interval: PlanPrice['interval'],
): Allowances {
  return { limits: quantitiesIn(limits, interval), included: quantitiesIn(included, interval) }
}

function quantitiesIn<Quantity extends number | null>(
  quantities: Readonly<Record<string, ByInterval<Quantity> | undefined>> = {},
  interval: PlanPrice['interval'],
): Record<string, Quantity | undefined> {
  const resolved = Object.entries(quantities).map(([meter, quantity]) => [
    meter,
    isByInterval(quantity) ? quantity[interval] : quantity,
  ])
  return Object.fromEntries(resolved)
}

function isByInterval<Quantity extends number | null>(
  quantity: ByInterval<Quantity> | undefined,
): quantity is Exclude<ByInterval<Quantity>, Quantity> {
  return typeof quantity === 'object' && quantity !== null
}
