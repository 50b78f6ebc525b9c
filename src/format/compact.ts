import { knownLocale } from './locale.js'

/** Writes a count in a few characters: `formatCompact(120000, 'en')` is "120K". */
export function formatCompact(quantity: number, locale?: string): string {
  return new Intl.NumberFormat(knownLocale(locale), { notation: 'compact' }).format(quantity)
}
