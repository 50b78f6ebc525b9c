import type { models } from '@polar-sh/sdk/2026-10'
import { type Database, required } from '../core/database.js'
import type { BenefitRow, Price, ProductRow } from '../core/rows.js'

export function toProduct(row: ProductRow, db: Database): models.Product {
  const { benefitIds, ...fields } = row
  return { ...fields, benefits: benefitIds.map((id) => required(db.benefits, id)) }
}

export function toCheckoutProduct(
  row: ProductRow,
  prices: readonly Price[],
  db: Database,
): models.CheckoutProduct {
  const {
    benefitIds,
    metadata: _metadata,
    is_deletable: _deletable,
    attached_custom_fields: _fields,
    ...rest
  } = row
  return {
    ...rest,
    prices: [...prices],
    benefits: benefitIds.map((id) => toPublicBenefit(required(db.benefits, id))),
  }
}

export function toOrderProduct(row: ProductRow): models.OrderProduct {
  const {
    benefitIds: _benefits,
    prices: _prices,
    medias: _medias,
    attached_custom_fields: _fields,
    is_deletable: _deletable,
    ...rest
  } = row
  return rest
}

/** What a buyer sees of a benefit: no metadata, and of its properties only the credited units. */
function toPublicBenefit(row: BenefitRow): models.BenefitPublic {
  const {
    metadata: _metadata,
    visibility: _visibility,
    visibility_configurable: _configurable,
    ...shared
  } = row
  if (shared.type === 'meter_credit') return shared
  const { properties: _properties, ...rest } = shared
  return rest
}
