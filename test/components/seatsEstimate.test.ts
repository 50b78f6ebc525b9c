import type { Price, Seats, Subscription } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it } from 'vitest'
import { readSeats, seatRange } from '../../src/components/SeatsDialog/seatRange.js'
import { amountFor, seatsEstimate } from '../../src/components/SeatsDialog/seatsEstimate.js'

// Half of the period is over.
const now = new Date('2026-12-06T09:00:00Z')
/** Five seats at 12 dollars. */
const { getSubscription: onTeam } = scenarios.team
const priced = (changes: Partial<Price>, ...others: Price[]): Partial<Subscription> => ({
  product: onTeam.product && {
    ...onTeam.product,
    prices: [...onTeam.product.prices.map((price) => ({ ...price, ...changes })), ...others],
  },
})
const fixed: Price = {
  id: 'price_base',
  amount: 2_000,
  currency: 'USD',
  type: 'recurring',
  recurringInterval: 'month',
}
const amounts = (credit: number, charge: number) => ({
  kind: 'amounts',
  currency: 'USD',
  restarts: false,
  credit,
  charge,
  due: charge - credit,
})

describe('seatsEstimate', () => {
  it.each([
    ['more', 7, {}, amounts(0, 1_200)],
    ['fewer: credited', 3, {}, amounts(1_200, 0)],
    ['as many', 5, {}, amounts(0, 0)],
    ['beside a fixed price', 7, { amount: 8_000, ...priced({}, fixed) }, amounts(0, 1_200)],
    ['beside a price by use', 7, priced({}, { ...fixed, amount: null, type: 'metered' }), amounts(0, 1_200)],
    ['as many as cost the same', 10, priced({ unitAmountUpTo: 10 }), amounts(0, 3_000)],
    ['so many that they may cost less', 11, priced({ unitAmountUpTo: 10 }), { kind: 'unknown' }],
    [
      'a price of which nobody says that',
      7,
      priced({ unitAmountUpTo: undefined as never }),
      { kind: 'unknown' },
    ],
    ['fewer than it is sold with', 1, {}, { kind: 'unknown' }],
    ['a discount', 7, { amount: 4_800 }, { kind: 'unknown' }],
    ['another currency', 7, priced({ currency: 'EUR' }), { kind: 'unknown' }],
    ['an amount that is not known', 7, { amount: null as never }, { kind: 'unknown' }],
    ['a product that is not known', 7, { product: null }, { kind: 'unknown' }],
    ['a period that is not known', 7, { currentPeriodStart: null }, { kind: 'unknown' }],
    ['a period that is over', 7, { currentPeriodEnd: now.toISOString() }, { kind: 'unknown' }],
    ['a trial', 7, { status: 'trialing' }, { kind: 'trial' }],
  ] as const)('%s', (_name, count, changes, expected) => {
    expect(seatsEstimate({ ...onTeam, ...changes }, count, now)).toEqual(expected)
  })

  it('is cut off, as the provider does, whether more or fewer', () => {
    // A third of it is left.
    const late = new Date('2026-12-11T09:00:00Z')
    const odd = { ...onTeam, amount: 5_005, ...priced({ unitAmount: '1001' }) }
    expect(seatsEstimate(odd, 6, late)).toEqual(amounts(0, 333))
    expect(seatsEstimate(odd, 4, late)).toEqual(amounts(333, 0))
  })

  it.each([
    [7, {}, 8_400],
    [7, { amount: 4_800 }, null],
    [7, priced({ unitAmount: null }), null],
    [7, { product: null }, null],
  ] as const)('%i seats with %j cost %j', (count, changes, amount) => {
    expect(amountFor({ ...onTeam, ...changes }, count)).toBe(amount)
  })
})

describe('seatRange', () => {
  const used = (count: number): Seats => ({ seats: [], total: 5, available: 5 - count })
  it.each([
    [onTeam, used(0), { min: 2, isInUse: false }],
    [onTeam, used(2), { min: 2, isInUse: false }],
    [onTeam, used(3), { min: 3, isInUse: true }],
    [{ ...onTeam, product: null }, used(0), { min: 1, isInUse: false }],
  ])('the least is what the price asks for, or what is in use', (subscription, seats, expected) => {
    expect(seatRange(subscription, seats)).toEqual({ max: 1_000_000, ...expected })
  })

  it.each([
    ['2', 2],
    [' 7 ', 7],
    ['1000000', 1_000_000],
    ['1', null],
    ['1000001', null],
    ['2.5', null],
    ['-3', null],
    ['', null],
    ['seven', null],
    ['NaN', null],
    ['Infinity', null],
  ])('%j is %j', (typed, count) => {
    expect(readSeats(typed, { min: 2, max: 1_000_000, isInUse: false })).toBe(count)
  })
})
