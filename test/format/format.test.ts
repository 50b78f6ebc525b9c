import * as fc from 'fast-check'
import { formatDate, formatMoney, formatQuantity } from 'polar-billing-kit'
import { describe, expect, it } from 'vitest'
import { formatCompact } from '../../src/format/compact.js'
import { formatMessage } from '../../src/format/message.js'
import { formatPercent } from '../../src/format/percent.js'

/** What browsers, systems and people call a locale. */
const anyLocale = fc.oneof(
  fc.constantFrom('en', 'de', 'ar-EG', 'ja', 'fa', 'th', 'de-CH', 'en-US@posix', 'de_DE.UTF-8', '', 'C', 'x'),
  fc.string(),
)
const anyZone = fc.oneof(fc.constantFrom('UTC', 'Asia/Tokyo', 'Mars/Base', ''), fc.string())
const anyNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(-0, Number.NaN, Infinity, -Infinity, Number.MAX_VALUE, 5e-324),
)
const SOUND = ['en', 'de', 'fr', 'ja', 'ar-EG', 'fa', 'hi', 'de-CH', 'sv']

/** The digits of a locale's own script, without anything between them. */
function digitsOf(text: string, locale: string): string {
  const script = Array.from(
    new Intl.NumberFormat(locale, { useGrouping: false }).format(9_876_543_210),
  ).reverse()
  return Array.from(text)
    .map((character) => script.indexOf(character))
    .filter((digit) => digit >= 0)
    .join('')
}

const isNegative = (text: string): boolean => /[-−]/u.test(text)

describe('formatMoney', () => {
  it.each([
    [2_900, 'USD', '$29.00'],
    [-5, 'USD', '-$0.05'],
    [-0, 'USD', '$0.00'],
    [-0.4, 'USD', '$0.00'],
    [2_900, 'JPY', '¥2,900'],
    [2_900, 'KWD', 'KWD 2.900'],
    [9_007_199_254_740_991, 'USD', '$90,071,992,547,409.91'],
    [1e21, 'JPY', '¥1,000,000,000,000,000,000,000'],
    [2_900, 'usd', '$29.00'],
    [2_900, 'XTS', 'XTS 29.00'],
    [2_900, 'dollars', '29.00 dollars'],
    [2_900, '', '29.00'],
    [Number.NaN, 'USD', '–'],
    [Infinity, 'USD', '–'],
  ])('%d %s is %s', (amount, currency, text) => {
    expect(formatMoney(amount, currency, 'en').replaceAll('\u00A0', ' ')).toBe(text)
  })

  // Left to right: the letters, then the sign. Without the mark the sign is drawn on their other side.
  it.each([
    [2_900, 'USD', 'ar', '\u200F29.00 US$\u200E'],
    [-2_900, 'USD', 'ar-EG', '\u061C-\u200F٢٩٫٠٠ US$\u200E'],
    [2_900, 'EUR', 'ar', '\u200F29.00 €'],
    [2_900, 'USD', 'pt-PT', '29,00 US$'],
  ])('%d %s in %s ends with its sign', (amount, currency, locale, text) => {
    expect(formatMoney(amount, currency, locale).replaceAll('\u00A0', ' ')).toBe(text)
  })

  it('its digits are those of the minor units, in any currency and script', () => {
    const amount = fc.maxSafeInteger()
    const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'CLF', 'XTS', 'dollars')
    fc.assert(
      fc.property(amount, currency, fc.constantFrom(...SOUND), (minorUnits, code, locale) => {
        const text = formatMoney(minorUnits, code, locale)
        expect(BigInt(digitsOf(text, locale))).toBe(BigInt(Math.abs(minorUnits)))
        expect(isNegative(text)).toBe(minorUnits < 0)
      }),
      { numRuns: 1_000 },
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(anyNumber, fc.string(), anyLocale, (amount, currency, locale) => {
        expect(formatMoney(amount, currency, locale)).not.toMatch(/NaN|∞/)
      }),
    )
  })
})

describe('formatQuantity', () => {
  it.each([
    [12_345.5, 'en', '12,345.5'],
    [12_345.5, 'de', '12.345,5'],
    [-0, 'en', '0'],
    [-0.0001, 'en', '0'],
    [-20, 'en', '-20'],
    [Number.NaN, 'en', '–'],
    [-Infinity, 'en', '–'],
    [1_234, 'en-US@posix', '1,234'],
    [1_234, '', '1,234'],
    [1_234, undefined, '1,234'],
  ])('%d in %s is %s', (quantity, locale, text) => {
    expect(formatQuantity(quantity, locale)).toBe(text)
  })

  it('its digits are those of the number, in any script', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom(...SOUND), (quantity, locale) => {
        const text = formatQuantity(quantity, locale)
        expect(BigInt(digitsOf(text, locale))).toBe(BigInt(Math.abs(quantity)))
        expect(isNegative(text)).toBe(quantity < 0)
      }),
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(anyNumber, anyLocale, (quantity, locale) => {
        expect(formatQuantity(quantity, locale)).not.toMatch(/NaN|∞/)
      }),
    )
  })
})

describe('formatDate', () => {
  it.each([
    ['2026-12-21T23:00:00Z', 'en', 'UTC', 'December 21, 2026'],
    ['2026-12-21T23:00:00Z', 'en', 'Asia/Tokyo', 'December 22, 2026'],
    ['2026-12-21T23:00:00Z', 'de', 'Mars/Base', '21. Dezember 2026'],
    ['2026-12-21T23:00:00Z', 'en-US@posix', '', 'December 21, 2026'],
    ['soon', 'en', 'UTC', 'soon'],
    ['', 'en', 'UTC', ''],
  ])('%s in %s, %s is %s', (moment, locale, timeZone, text) => {
    expect(formatDate(moment, locale, timeZone)).toBe(text)
  })

  it('names the day that it is in UTC', () => {
    const moment = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2200-01-01') })
    fc.assert(
      fc.property(moment, anyZone, (date, zone) => {
        expect(Date.parse(`${formatDate(date.toISOString(), 'en')} UTC`)).toBe(
          Math.floor(date.getTime() / 86_400_000) * 86_400_000,
        )
        expect(formatDate(date.toISOString(), 'en', zone)).toMatch(/^[A-Z][a-z]+ \d+, \d{4}$/)
      }),
    )
  })

  it('never throws, and what is no date stays as it came', () => {
    fc.assert(
      fc.property(fc.string(), anyLocale, anyZone, (moment, locale, zone) => {
        const text = formatDate(moment, locale, zone)
        expect(text).not.toContain('Invalid')
        if (Number.isNaN(Date.parse(moment))) expect(text).toBe(moment)
      }),
    )
  })
})

describe('formatPercent', () => {
  it.each([
    [0.29, '29%'],
    [0.57, '57%'],
    [0.999, '99%'],
    [0.999_999_999_999_9, '99%'],
    [1, '100%'],
    [1.24, '124%'],
    [-0.001, '-1%'],
    [0, '0%'],
    [Infinity, '–'],
  ])('%d is %s', (share, text) => {
    expect(formatPercent(share, 'en')).toBe(text)
  })

  it('says 100% only of a whole', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: 0, max: 2 }), (share) => {
        expect(Number.parseInt(formatPercent(share, 'en'), 10) >= 100).toBe(share >= 1)
      }),
    )
  })
})

it('formatCompact: a few characters', () => {
  expect([formatCompact(120_000, 'en'), formatCompact(1.5e12, 'de'), formatCompact(0, '')]).toEqual([
    '120K',
    '1,5\u00A0Bio.',
    '0',
  ])
})

it('formatMessage: no locale breaks a plural', () => {
  const message = { one: '{count} seat', other: '{count} seats' }
  fc.assert(
    fc.property(anyLocale, (locale) => {
      expect(formatMessage(message, { count: 2 }, locale)).toMatch(/seats/)
    }),
  )
})
