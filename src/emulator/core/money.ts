import * as z from 'zod/mini'

/** Only these can be written as money. */
export const currencyCode = z
  .string()
  .check(z.regex(/^[a-z]{3}$/, 'Input should be a lower-case currency code'))

/** `units` times a price per unit that Polar writes as a decimal string of cents, rounded to whole cents. */
export function meteredAmount(units: number, unitAmount: string, cap: number | null): number {
  const [whole = '0', fraction = ''] = unitAmount.split('.')
  // Scaled integers: 12345 * 0.03 must not become 370.34999.
  const cents = Math.round((Math.max(0, units) * Number(whole + fraction)) / 10 ** fraction.length)
  return cap === null ? cents : Math.min(cents, cap)
}

/** Minor units as text in English, e.g. `$29.00`, `¥2,900`. */
export function formatMoney(amount: number, currency: string): string {
  const code = currency.toUpperCase()
  const digits = currencyDigits(code)
  return new Intl.NumberFormat('en-US', { style: 'currency', currency: code }).format(amount / 10 ** digits)
}

/** A metered price for as many units as make it whole cents, a million at most, e.g. `$0.03 per 100`, `$0.02 each`. */
export function formatUnitAmount(unitAmount: string, currency: string): string {
  const code = currency.toUpperCase()
  const digits = currencyDigits(code)
  const [, fraction = ''] = unitAmount.split('.')
  const exponent = Math.min(6, fraction.replace(/0+$/, '').length)
  const price = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: code,
    minimumFractionDigits: digits,
    maximumFractionDigits: 12,
  }).format(Number(`${unitAmount}e${exponent}`) / 10 ** digits)
  return exponent === 0 ? `${price} each` : `${price} per ${(10 ** exponent).toLocaleString('en-US')}`
}

function currencyDigits(code: string): number {
  const options = new Intl.NumberFormat('en-US', { style: 'currency', currency: code }).resolvedOptions()
  return options.maximumFractionDigits ?? 2
}
