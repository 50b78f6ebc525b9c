import { formatMinorUnits } from './money.js'

/** A price of so many units, written: `{ price: '$0.03', units: 100 }`. */
export interface UnitPrice {
  price: string
  units: number
}

/** The most units that one price is named for. */
const MAX_UNITS_EXPONENT = 6

/**
 * Writes a price of a fraction of a minor unit so that it can be read, and is exact: for 1, 10, 100 … up to a million units, whatever
 * makes it whole minor units. `formatUnitPrice('0.03', 'USD', 'en')` is "$0.03" for 100 units. What is still a fraction for a million
 * is written with more digits: a price that is not 0 never reads "$0.00". A currency is written as `formatMoney` does.
 *
 * @param unitAmount minor units for one unit, as a decimal string: "0.03", "1200", "3E-7"
 * @param maxUnits 1 for a price of one unit only, however many digits that takes
 * @returns `null` for what is no amount
 */
export function formatUnitPrice(
  unitAmount: string,
  currency: string,
  locale?: string,
  maxUnits = 10 ** MAX_UNITS_EXPONENT,
): UnitPrice | null {
  const amount = parseDecimal(unitAmount)
  if (amount === null) return null
  const exponent = Math.max(0, Math.min(amount.scale, Math.round(Math.log10(maxUnits))))
  const scale = amount.scale - exponent
  if (scale > MAX_SCALE) return null
  return { price: formatMinorUnits(amount.digits, scale, currency, locale), units: 10 ** exponent }
}

/** With a currency's own decimals, which are 4 at most, what `Intl` can write everywhere. */
const MAX_SCALE = 16

/** `digits * 10 ** -scale`, with no zero at the end of the digits. */
function parseDecimal(text: string): { digits: string; scale: number } | null {
  const [match, whole = '', fraction = '', exponent = '0'] =
    /^(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i.exec(text) ?? []
  if (match === undefined) return null
  const significant = (whole + fraction).replace(/0+$/, '')
  const cut = whole.length + fraction.length - significant.length
  if (/^0*$/.test(significant)) return { digits: '0', scale: 0 }
  return { digits: significant, scale: fraction.length - Number(exponent) - cut }
}
