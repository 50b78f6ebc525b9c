import type { Catalog } from '../../contract/catalog.js'
import type { Allowances, PlanPrice } from '../../contract/plans.js'
import { formatUnitPrice } from '../../format/unitPrice.js'
import { type LocalizedProps, type Translate, translator } from '../translator.js'
import { pricingTableMessages } from './pricingTableMessages.js'

/** What a plan allows of one meter: "10,000 characters included", and what follows from more: "then $0.03 per 100 characters". */
export interface Allowance {
  key: string
  text: string
  notes: string[]
}

type Words = LocalizedProps<typeof pricingTableMessages>
type Text = Translate<typeof pricingTableMessages>

interface Meter {
  name: string
  unit: string
  /** `undefined`: nobody said. */
  included: number | undefined
  limit: number | null | undefined
  price: PlanPrice | undefined
  /** Whether what is included comes with each seat. */
  isPerSeat: boolean
}

/** In the catalog's order; a meter of which nothing is said is left out. */
export function allowanceTexts(
  { included, limits }: Allowances,
  prices: readonly PlanPrice[],
  meters: Catalog['meters'],
  words: Words,
): Allowance[] {
  const text = translator(pricingTableMessages, words.messages, words.locale)
  const metered = prices.filter(({ type }) => type === 'metered')
  const isPerSeat = prices.some(({ type }) => type === 'seat')
  const named = metered.flatMap(({ meter }) => meter ?? [])
  const keys = new Set([
    ...Object.keys(meters ?? {}),
    ...Object.keys(included),
    ...Object.keys(limits),
    ...named,
  ])
  const allowances = [...keys].flatMap((key) => {
    const { name = key, unit = key } = meters?.[key] ?? {}
    const price = metered.find(({ meter }) => meter === key)
    const [first, ...notes] = textsOf(
      { name, unit, included: countOf(included[key]), limit: limitOf(limits[key]), price, isPerSeat },
      text,
      words.locale,
    )
    return first === undefined ? [] : [{ key, text: first, notes }]
  })
  // A charge that the catalog has no name for is still a charge.
  return metered.length > named.length
    ? [...allowances, { key: '', text: text('otherUse'), notes: [] }]
    : allowances
}

function textsOf(
  { name, unit, included, limit, price, isPerSeat }: Meter,
  text: Text,
  locale?: string,
): string[] {
  const upTo =
    limit === undefined || limit === null
      ? undefined
      : limit === 0
        ? text('limitNone', { unit })
        : text('limit', { quantity: limit, unit })
  if (included !== undefined && included > 0) {
    return [
      text(isPerSeat ? 'includedPerSeat' : 'included', { quantity: included, unit }),
      ...(price ? [thenText(price, unit, text, locale)] : []),
      ...(upTo !== undefined && limit !== included ? [upTo] : []),
      ...(limit === null && !price ? [text('noUpperLimit')] : []),
    ]
  }
  const allowed = upTo ?? (limit === null && !price ? text('unlimited', { unit }) : undefined)
  return [
    ...(price ? [rateText(price, name, text, locale)] : []),
    ...(allowed === undefined ? [] : [allowed]),
  ]
}

function thenText(price: PlanPrice, unit: string, text: Text, locale?: string): string {
  const rate = rateOf(price, locale)
  return rate ? text('thenRate', { price: rate.price, count: rate.units, unit }) : text('thenByUse')
}

function rateText(price: PlanPrice, name: string, text: Text, locale?: string): string {
  const rate = rateOf(price, locale)
  return rate ? text('rate', { price: rate.price, count: rate.units, name }) : text('rateByUse', { name })
}

function rateOf({ unitAmount, currency }: PlanPrice, locale?: string) {
  return typeof unitAmount === 'string' ? formatUnitPrice(unitAmount, currency, locale) : null
}

// What is no count says nothing: it must not read as a promise.
function countOf(quantity: number | undefined): number | undefined {
  return quantity !== undefined && Number.isFinite(quantity) && quantity >= 0 ? quantity : undefined
}

function limitOf(limit: number | null | undefined): number | null | undefined {
  return limit === null ? null : countOf(limit)
}
