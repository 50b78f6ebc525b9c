import { knownLocale } from './locale.js'

/**
 * Writes an amount of integer minor units: `formatMoney(2900, 'USD', 'en')` is "$29.00". How many minor units make one is the
 * currency's own affair: JPY has none, KWD a thousand. What is no finite number is "–"; a code that is none of ISO 4217's form stands
 * behind the number, and is taken to have two decimals.
 */
export function formatMoney(minorUnits: number, currency: string, locale?: string): string {
  if (!Number.isFinite(minorUnits)) return '–'
  return formatMinorUnits(String(BigInt(Math.round(minorUnits))), 0, currency, locale)
}

/** Writes `digits * 10 ** -scale` minor units, like `formatMoney`, with every decimal that this takes. */
export function formatMinorUnits(digits: string, scale: number, currency: string, locale?: string): string {
  const known = knownLocale(locale)
  const { maximumFractionDigits = 2 } = moneyFormat(currency, known).resolvedOptions()
  const decimals = scale + maximumFractionDigits
  const format = moneyFormat(currency, known, Math.max(maximumFractionDigits, decimals))
  // As a decimal text, for a division would round: with large amounts by more than a cent.
  const amount = format.format(`${digits}e${-decimals}` as `${number}`)
  const isCode = format.resolvedOptions().currency !== undefined
  return isCode ? keepSign(amount) : `${amount} ${currency}`.trimEnd()
}

/** Marks the end of an Arabic amount in "US$": otherwise the sign is drawn before the letters. */
function keepSign(amount: string): string {
  return amount.replace(/^[\u061C\u200F].*\w\p{Sc}$/u, '$&\u200E')
}

function moneyFormat(currency: string, locale: string, maximumFractionDigits?: number): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits })
  } catch {
    return new Intl.NumberFormat(locale, {
      minimumFractionDigits: 2,
      maximumFractionDigits: maximumFractionDigits ?? 2,
    })
  }
}
