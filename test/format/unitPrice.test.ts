import * as fc from 'fast-check'
import { formatMoney } from 'polar-billing-kit'
import { describe, expect, it } from 'vitest'
import { formatUnitPrice } from '../../src/format/unitPrice.js'

describe('formatUnitPrice', () => {
  it.each([
    ['0.03', 'USD', '$0.03', 100],
    ['0.3', 'USD', '$0.03', 10],
    ['2', 'USD', '$0.02', 1],
    ['1200', 'USD', '$12.00', 1],
    ['1200.00', 'USD', '$12.00', 1],
    ['12.5', 'USD', '$1.25', 10],
    ['0.0333', 'USD', '$3.33', 10_000],
    ['0.000001', 'USD', '$0.01', 1_000_000],
    ['3E-7', 'USD', '$0.003', 1_000_000],
    ['1.5e3', 'USD', '$15.00', 1],
    ['0.000000000001', 'USD', '$0.00000001', 1_000_000],
    ['0.5', 'JPY', '¥5', 10],
    ['25', 'KWD', 'KWD 0.025', 1],
    ['0.25', 'KWD', 'KWD 0.025', 100],
    ['0', 'USD', '$0.00', 1],
    ['0.000', 'USD', '$0.00', 1],
  ])('%s minor units of %s: %s for %d', (unitAmount, currency, price, units) => {
    const written = formatUnitPrice(unitAmount, currency, 'en')
    expect({ ...written, price: written?.price.replaceAll(/\s/g, ' ') }).toEqual({ price, units })
  })

  it('parameters: maxUnits, for what is sold one by one', () => {
    expect(formatUnitPrice('1250.5', 'USD', 'en', 1)).toEqual({ price: '$12.505', units: 1 })
  })

  it('parameters: locale', () => {
    expect(formatUnitPrice('0.03', 'EUR', 'de')?.price.replaceAll(/\s/g, ' ')).toBe('0,03 €')
    expect(formatUnitPrice('0.03', 'USD', 'ar')?.price.replaceAll(/\s/g, ' ')).toBe('\u200F0.03 US$\u200E')
  })

  it.each(['', 'free', '-1', 'NaN', 'Infinity', '1,5', '.', '0x10', '1e-99', '1e-9999'])(
    'behavior: "%s" is no amount',
    (unitAmount) => {
      expect(formatUnitPrice(unitAmount, 'USD')).toBeNull()
    },
  )

  /** Amounts as the provider writes them: up to 12 decimals. */
  const amounts = fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 17n }), fc.nat({ max: 12 }))
    .map(([digits, scale]) => {
      const text = String(digits).padStart(scale + 1, '0')
      return {
        digits,
        scale,
        unitAmount: scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`,
      }
    })
  const currencies = fc.constantFrom(['JPY', 0] as const, ['USD', 2] as const, ['KWD', 3] as const)

  it('property: the price for the units is exact, and is 0 only if it costs nothing', () => {
    fc.assert(
      fc.property(amounts, currencies, ({ digits, scale, unitAmount }, [currency, currencyDigits]) => {
        const written = formatUnitPrice(unitAmount, currency, 'en')
        const [whole = '', fraction = ''] = (written?.price ?? '').replaceAll(/[^\d.]/g, '').split('.')
        const units = BigInt(written?.units ?? 0)
        // price * 10^currencyDigits = digits / 10^scale * units, in whole numbers.
        expect(BigInt(whole + fraction) * 10n ** BigInt(currencyDigits + scale)).toBe(
          digits * units * 10n ** BigInt(fraction.length),
        )
        expect(/[1-9]/.test(written?.price ?? '')).toBe(digits > 0n)
      }),
    )
  })

  it('property: for a power of ten up to a million, and never for more than it needs', () => {
    fc.assert(
      fc.property(amounts, currencies, ({ digits, scale, unitAmount }, [currency]) => {
        const { units } = formatUnitPrice(unitAmount, currency, 'en') ?? { units: 0 }
        expect(String(units)).toMatch(/^10{0,6}$/)
        const isWhole = (many: number) => (digits * BigInt(many)) % 10n ** BigInt(scale) === 0n
        expect(isWhole(units) || units === 1_000_000).toBe(true)
        expect(units > 1 && isWhole(units / 10)).toBe(false)
      }),
    )
  })

  it.each([
    ['0.03', 'usd', '$0.03', 100],
    ['0.03', 'XTS', 'XTS 0.03', 100],
    ['0.03', 'dollars', '0.03 dollars', 100],
    ['3E-7', 'dollars', '0.003 dollars', 1_000_000],
    ['1200', '', '12.00', 1],
  ])(
    '%s in the currency "%s" is written as other amounts of it are',
    (unitAmount, currency, price, units) => {
      const written = formatUnitPrice(unitAmount, currency, 'en')
      expect({ ...written, price: written?.price.replaceAll(/\s/g, ' ') }).toEqual({ price, units })
    },
  )

  it('property: a price of whole minor units reads like any other money, in every currency', () => {
    const codes = fc.oneof(fc.constantFrom('USD', 'JPY', 'KWD', 'dollars', ''), fc.string())
    fc.assert(
      fc.property(fc.maxSafeNat(), codes, fc.constantFrom('en', 'de', 'ar', 'x'), (amount, code, locale) => {
        const price = formatMoney(amount, code, locale)
        expect(formatUnitPrice(String(amount), code, locale)).toEqual({ price, units: 1 })
      }),
    )
  })

  it('property: whatever texts come, it never throws', () => {
    const amount = fc.oneof(fc.string(), fc.constantFrom('0.03', '3E-7', '1200'))
    fc.assert(
      fc.property(amount, fc.string(), fc.string(), (text, currency, locale) => {
        formatUnitPrice(text, currency, locale)
      }),
    )
  })
})
