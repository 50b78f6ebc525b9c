import { knownLocale } from './locale.js'

/** Writes a share in whole percent, never rounded up: `formatPercent(0.999, 'en')` is "99%". What is no finite number is "–". */
export function formatPercent(share: number, locale?: string): string {
  const percent = Math.floor(share * 100)
  if (!Number.isFinite(percent)) return '–'
  return new Intl.NumberFormat(knownLocale(locale), { style: 'percent' }).format(percent / 100)
}
