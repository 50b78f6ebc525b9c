import { knownLocale } from './locale.js'

/** Writes a share in whole percent, rounded down: `formatPercent(0.999, 'en')` is "99%". What is no finite number is "–". */
export function formatPercent(share: number, locale?: string): string {
  if (!Number.isFinite(share * 100)) return '–'
  // 0.29 * 100 is a little less than 29; and only the whole is 100 %.
  const percent = Math.floor(Number((share * 100).toPrecision(12)))
  const shown = share < 1 ? Math.min(percent, 99) : percent
  return new Intl.NumberFormat(knownLocale(locale), { style: 'percent' }).format(shown / 100)
}
