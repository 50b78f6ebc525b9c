/** Writes a share in whole percent: `formatPercent(0.1667, 'en')` is "17%". */
export function formatPercent(share: number, locale = 'en'): string {
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(share)
}
