import type { models } from '@polar-sh/sdk/2026-10'
import * as z from 'zod/mini'
import { check } from '../core/check.js'
import { currencyCode } from '../core/money.js'
import type { EmulatorCatalog } from './types.js'

const id = z.optional(z.guid())
const text = z.string().check(z.minLength(1))
const count = z.int().check(z.minimum(1), z.maximum(1_000))
const cents = z.int().check(z.nonnegative())
const interval = z.enum(['day', 'week', 'month', 'year'])
const value = z.union([z.string(), z.number(), z.boolean()])
const metadata = z.optional(z.record(z.string(), value))

const clause = z.strictObject({
  property: text,
  operator: z.enum(['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'like', 'not_like']),
  value,
})
const filter: z.ZodMiniType<models.Filter> = z.lazy(() =>
  z.strictObject({ conjunction: z.enum(['and', 'or']), clauses: z.array(z.union([clause, filter])) }),
)
const aggregation = z.union([
  z.strictObject({ func: z.literal('count') }),
  z.strictObject({ func: z.enum(['sum', 'max', 'min', 'avg']), property: text }),
  z.strictObject({ func: z.optional(z.literal('unique')), property: text }),
])

const meter = z.strictObject({
  id,
  name: text,
  event: z.optional(text),
  filter: z.optional(filter),
  sum: z.optional(text),
  aggregation: z.optional(aggregation),
})

const benefitFields = { id, description: z.string(), metadata }
const benefit = z.discriminatedUnion('type', [
  z.strictObject({ ...benefitFields, type: z.literal('feature_flag') }),
  z.strictObject({ ...benefitFields, type: z.literal('custom'), note: z.optional(z.string()) }),
  z.strictObject({
    ...benefitFields,
    type: z.literal('meter_credit'),
    meter: text,
    units: z.int().check(z.nonnegative()),
    rollover: z.optional(z.boolean()),
  }),
])

const priceFields = { id, currency: z.optional(currencyCode) }
const price = z.discriminatedUnion('type', [
  z.strictObject({ ...priceFields, type: z.literal('fixed'), amount: cents }),
  z
    .strictObject({
      ...priceFields,
      type: z.literal('custom'),
      minimum: z.optional(cents),
      maximum: z.optional(cents),
      preset: z.optional(cents),
    })
    .check(z.refine(({ minimum = 0, maximum = Infinity }) => minimum <= maximum, 'maximum is below minimum')),
  z
    .strictObject({
      ...priceFields,
      type: z.literal('seat'),
      amount: cents,
      minimumSeats: z.optional(count),
      maximumSeats: z.optional(count),
      tiers: z.optional(z.array(z.strictObject({ from: count, amount: cents }))),
      graduated: z.optional(z.boolean()),
    })
    .check(
      z.refine(
        ({ minimumSeats = 1, maximumSeats = Infinity }) => minimumSeats <= maximumSeats,
        'maximumSeats is below minimumSeats',
      ),
      z.refine(({ minimumSeats = 1, maximumSeats = Infinity, tiers = [] }) => {
        const bounds = [minimumSeats, ...tiers.map(({ from }) => from)]
        return bounds.every((from, index) => from <= maximumSeats && from > (bounds[index - 1] ?? 0))
      }, 'tiers have to rise, from minimumSeats to maximumSeats'),
    ),
  z.strictObject({
    ...priceFields,
    type: z.literal('metered'),
    meter: text,
    unitAmount: z.string().check(z.regex(/^\d{1,17}(?:\.\d{1,12})?$/, 'Input should be a decimal number')),
    cap: z.optional(cents),
  }),
])

const product = z.strictObject({
  id,
  name: text,
  description: z.optional(z.string()),
  interval: z.optional(interval),
  intervalCount: z.optional(count),
  prices: z.array(price),
  trial: z.optional(z.strictObject({ interval, count })),
  benefits: z.optional(z.array(z.string())),
  metadata,
  visibility: z.optional(z.enum(['public', 'private', 'draft'])),
  archived: z.optional(z.boolean()),
})

const catalog = z.strictObject({
  organization: z.optional(
    // The slug is part of the portal's address.
    z.strictObject({
      name: z.optional(text),
      slug: z.optional(
        z.string().check(z.regex(/^[\w-]+$/, 'Input should have letters, digits and dashes only')),
      ),
    }),
  ),
  meters: z.optional(z.record(z.string(), meter)),
  benefits: z.optional(z.record(z.string(), benefit)),
  products: z.record(z.string(), product),
})

/** A mistake in the literal is an error that names the entry, e.g. `catalog.products.pro.prices.0.amount`. */
export function checkCatalog(given: EmulatorCatalog): void {
  check(catalog, given, ['options', 'catalog'])
}
