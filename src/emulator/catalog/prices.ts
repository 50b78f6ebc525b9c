import type { models } from '@polar-sh/sdk/2026-10'
import type { MeterRow, Price } from '../core/rows.js'
import type { CatalogPrice } from './types.js'

interface PriceContext {
  id: string
  productId: string
  createdAt: string
  meter: (key: string) => MeterRow
}

export function buildPrice(price: CatalogPrice, context: PriceContext): Price {
  const common = {
    created_at: context.createdAt,
    modified_at: null,
    id: context.id,
    source: 'catalog' as const,
    price_currency: price.currency ?? 'usd',
    tax_behavior: null,
    is_archived: false,
    product_id: context.productId,
  }
  switch (price.type) {
    case 'fixed':
      return { ...common, amount_type: 'fixed', price_amount: price.amount }
    case 'custom':
      return {
        ...common,
        amount_type: 'custom',
        minimum_amount: price.minimum ?? 0,
        maximum_amount: price.maximum ?? null,
        preset_amount: price.preset ?? null,
      }
    case 'seat':
      return { ...common, amount_type: 'seat_based', seat_tiers: seatTiers(price) }
    case 'metered': {
      const meter = context.meter(price.meter)
      return {
        ...common,
        amount_type: 'metered_unit',
        cap_amount: price.cap ?? null,
        meter_id: meter.id,
        meter: {
          id: meter.id,
          name: meter.name,
          unit: meter.unit,
          custom_label: meter.custom_label,
          custom_multiplier: meter.custom_multiplier,
        },
        unit_amount: price.unitAmount,
      }
    }
  }
}

function seatTiers(price: CatalogPrice & { type: 'seat' }): models.ProductPriceSeatTiersOutput {
  const minimum = price.minimumSeats ?? 1
  const maximum = price.maximumSeats ?? null
  const tiers = [{ from: minimum, amount: price.amount }, ...(price.tiers ?? [])]
  return {
    seat_tier_type: price.graduated === true ? 'graduated' : 'volume',
    tiers: tiers.map(({ from, amount }, index) => {
      const next = tiers[index + 1]
      return {
        min_seats: from,
        max_seats: next === undefined ? maximum : next.from - 1,
        price_per_seat: amount,
      }
    }),
    minimum_seats: minimum,
    maximum_seats: maximum,
  }
}
