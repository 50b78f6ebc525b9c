import { knownLocale } from './locale.js'

/**
 * Writes an amount of integer minor units: `formatMoney(2900, 'USD', 'en')` is "$29.00". How many minor units make one is the
 * currency's own affair: JPY has none, KWD a thousand. What is no finite number is "–"; a code that is none of ISO 4217's form stands
 * behind the number, and is taken to have two decimals.
 */
export function formatMoney(minorUnits: number, currency: string, locale?: string): string {
  if (!Number.isFinite(minorUnits)) return '–'
  const format = moneyFormat(currency, knownLocale(locale))
  const { maximumFractionDigits = 2, currency: code } = format.resolvedOptions()
  // As a decimal text, for a division would round: with large amounts by more than a cent.
  const amount = format.format(`${BigInt(Math.round(minorUnits))}e-${maximumFractionDigits}` as `${number}`)
  return code === undefined ? `${amount} ${currency}`.trimEnd() : keepSign(amount)
}

/** Marks the end of an Arabic amount in "US$": otherwise the sign is drawn before the letters. */
export function keepSign(amount: string): string {
  return amount.replace(/^[\u061C\u200F].*\w\p{Sc}$/u, '$&\u200E')
}

function moneyFormat(currency: string, locale: string): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency })
  } catch {
    return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  }
}
