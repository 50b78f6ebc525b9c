import type { models } from '@polar-sh/sdk/2026-10'
import type { Database } from '../core/database.js'
import { stableId } from '../core/ids.js'
import type { BenefitRow, MeterRow, OrganizationRow, ProductRow } from '../core/rows.js'
import { buildPrice } from './prices.js'
import type { CatalogBenefit, CatalogMeter, CatalogProduct, EmulatorCatalog } from './types.js'

/** Turns the literal into the rows that the API serves. */
export function loadCatalog(catalog: EmulatorCatalog, db: Database, createdAt: string): OrganizationRow {
  const organization: OrganizationRow = {
    id: stableId(`organization/${catalog.organization?.slug ?? 'acme'}`),
    created_at: createdAt,
    name: catalog.organization?.name ?? 'Acme',
    slug: catalog.organization?.slug ?? 'acme',
  }
  const context: Context = {
    organizationId: organization.id,
    createdAt,
    meters: new Map(),
    benefits: new Map(),
  }
  for (const [key, meter] of Object.entries(catalog.meters ?? {})) {
    context.meters.set(key, meterRow(key, meter, context))
  }
  for (const [key, benefit] of Object.entries(catalog.benefits ?? {})) {
    context.benefits.set(key, benefitRow(key, benefit, context))
  }
  for (const row of context.meters.values()) db.meters.set(row.id, row)
  for (const row of context.benefits.values()) db.benefits.set(row.id, row)
  for (const [key, product] of Object.entries(catalog.products)) {
    const row = productRow(key, product, context)
    db.products.set(row.id, row)
  }
  return organization
}

interface Context {
  organizationId: string
  createdAt: string
  meters: Map<string, MeterRow>
  benefits: Map<string, BenefitRow>
}

/** The id of a catalog entry, also for entries that leave it out. */
export function catalogId(
  kind: 'meter' | 'benefit' | 'product',
  key: string,
  id: string | undefined,
): string {
  return id?.toLowerCase() ?? stableId(`${kind}/${key}`)
}

function find<Row>(rows: Map<string, Row>, kind: string, key: string): Row {
  const row = rows.get(key)
  if (row === undefined) throw new Error(`Emulator catalog: there is no ${kind} "${key}"`)
  return row
}

function meterRow(key: string, meter: CatalogMeter, context: Context): MeterRow {
  const named: models.FilterClause[] =
    meter.event === undefined ? [] : [{ property: 'name', operator: 'eq', value: meter.event }]
  const counted: MeterRow['aggregation'] =
    meter.sum === undefined ? { func: 'count' } : { func: 'sum', property: meter.sum }
  return {
    metadata: {},
    created_at: context.createdAt,
    modified_at: null,
    id: catalogId('meter', key, meter.id),
    name: meter.name,
    unit: 'scalar',
    custom_label: null,
    custom_multiplier: null,
    filter: meter.filter ?? { conjunction: 'and', clauses: named },
    aggregation: meter.aggregation ?? counted,
    organization_id: context.organizationId,
    archived_at: null,
  }
}

function benefitRow(key: string, benefit: CatalogBenefit, context: Context): BenefitRow {
  const common = {
    id: catalogId('benefit', key, benefit.id),
    created_at: context.createdAt,
    modified_at: null,
    description: benefit.description,
    selectable: true,
    deletable: true,
    is_deleted: false,
    organization_id: context.organizationId,
    metadata: { ...benefit.metadata },
    visibility: 'public' as const,
    visibility_configurable: true,
  }
  switch (benefit.type) {
    case 'feature_flag':
      return { ...common, type: 'feature_flag', properties: {} }
    case 'custom':
      return { ...common, type: 'custom', properties: { note: benefit.note ?? null } }
    case 'meter_credit': {
      const meter = find(context.meters, 'meter', benefit.meter)
      const properties = { units: benefit.units, rollover: benefit.rollover ?? false, meter_id: meter.id }
      return { ...common, type: 'meter_credit', properties }
    }
  }
}

function productRow(key: string, product: CatalogProduct, context: Context): ProductRow {
  const id = catalogId('product', key, product.id)
  const interval = product.interval ?? null
  return {
    id,
    created_at: context.createdAt,
    modified_at: null,
    trial_interval: product.trial?.interval ?? null,
    trial_interval_count: product.trial?.count ?? null,
    name: product.name,
    description: product.description ?? null,
    visibility: product.visibility ?? 'public',
    recurring_interval: interval,
    recurring_interval_count: interval === null ? null : (product.intervalCount ?? 1),
    meter_interval: null,
    meter_interval_count: null,
    is_recurring: interval !== null,
    is_archived: product.archived ?? false,
    organization_id: context.organizationId,
    metadata: { ...product.metadata },
    is_deletable: false,
    prices: product.prices.map((price, index) =>
      buildPrice(price, {
        id: price.id ?? stableId(`product/${key}/price/${index}`),
        productId: id,
        createdAt: context.createdAt,
        meter: (meterKey) => find(context.meters, 'meter', meterKey),
      }),
    ),
    benefitIds: (product.benefits ?? []).map((benefit) => find(context.benefits, 'benefit', benefit).id),
    medias: [],
    attached_custom_fields: [],
  }
}
