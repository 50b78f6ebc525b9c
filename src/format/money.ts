/**
 * Writes an amount of integer minor units: `formatMoney(2900, 'USD', 'en')` is "$29.00". How many minor units make one is the
 * currency's own affair: JPY has none, KWD a thousand.
 */
export function formatMoney(minorUnits: number, currency: string, locale = 'en'): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minorUnits / 10 ** digits)
}
