import type { Catalog } from './catalog.js'
import type { CompleteMeterUsage, CompleteUsage, PartialUsage } from './usage.js'

/** Makes the list of meters from a backend's flat numbers where it sent no list. They say what was used, and nothing of any limit. */
export function completeUsage(answer: PartialUsage, catalog: Catalog | undefined): CompleteUsage {
  return {
    estimatedCostCents: null,
    totalCost: null,
    billingPeriodStart: null,
    billingPeriodEnd: null,
    periodStart: null,
    periodEnd: null,
    generatedAt: null,
    stale: false,
    currency: catalog?.currency ?? 'USD',
    ...answer,
    meters: answer.meters ?? flatMeters(answer, catalog),
  }
}

function flatMeters(answer: PartialUsage, catalog: Catalog | undefined): CompleteMeterUsage[] {
  return Object.entries(catalog?.meters ?? {}).flatMap(([key, { name, unit, field }]) => {
    const used = field && answer[field]
    return used === undefined ? [] : [{ key, name, unit, used, pending: 0 }]
  })
}
