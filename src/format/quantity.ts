import { knownLocale } from './locale.js'

/** Writes a count: `formatQuantity(12345.5, 'en')` is "12,345.5". What is no finite number is "–". */
export function formatQuantity(quantity: number, locale?: string): string {
  return Number.isFinite(quantity)
    ? quantity.toLocaleString(knownLocale(locale), { signDisplay: 'negative' })
    : '–'
}
