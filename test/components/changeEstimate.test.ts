import type { Price, Subscription, Trial } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it } from 'vitest'
import { changeEstimate } from '../../src/components/PlanChangeDialog/changeEstimate.js'
import type { PlanCost } from '../../src/components/PricingTable/planCost.js'

/** Half of the period, from the 21st of November to the 21st of December, is over. */
const now = new Date('2026-12-06T09:00:00Z')
const onPro = scenarios.active.getSubscription
const inTrial: Subscription = {
  ...scenarios.trialing.getSubscription,
  trialStart: '2026-11-25T09:00:00.000Z',
}
const priceOf = (changes: Partial<Price>): Price => ({
  id: 'price',
  amount: null,
  currency: 'USD',
  type: 'recurring',
  recurringInterval: 'month',
  ...changes,
})
/** What is paid, for a product with these prices. */
const paying = (amount: number, ...prices: Partial<Price>[]): Partial<Subscription> => ({
  amount,
  product: onPro.product && { ...onPro.product, prices: prices.map(priceOf) },
})
const perSeat: Partial<Price> = { type: 'seat', unitAmount: '1200' }
const fixed = (amount: number, currency = 'USD'): PlanCost => ({ kind: 'fixed', amount, currency })
const estimate = (
  subscription: Partial<Subscription>,
  cost: PlanCost,
  { interval = 'month', trial }: { interval?: 'month' | 'year'; trial?: Trial | null } = {},
) =>
  changeEstimate(
    { ...onPro, ...subscription },
    { cost, interval, ...(trial !== undefined && { trial }) },
    now,
  )

const amounts = (credit: number, charge: number, restarts = false) => ({
  kind: 'amounts',
  currency: 'USD',
  credit,
  charge,
  due: charge - credit,
  restarts,
})

describe('changeEstimate', () => {
  it.each([
    ['to more', {}, fixed(9_900), {}, amounts(1_450, 4_950)],
    ['to less: credited', paying(9_900, { amount: 9_900 }), fixed(2_900), {}, amounts(4_950, 1_450)],
    [
      'to a year, which is paid in full',
      {},
      fixed(29_000),
      { interval: 'year' },
      amounts(1_450, 29_000, true),
    ],
    ['to nothing to pay', {}, { kind: 'free' }, {}, amounts(1_450, 0)],
    [
      'to seats',
      {},
      { kind: 'seat', unitAmount: '1200', currency: 'USD', minimumSeats: 2 },
      {},
      { kind: 'unknown' },
    ],
    ['to usage alone', {}, { kind: 'metered' }, {}, { kind: 'unknown' }],
    ['to an amount of their own', {}, { kind: 'custom' }, {}, { kind: 'unknown' }],
    ['to a price that is not known', {}, { kind: 'unknown' }, {}, { kind: 'unknown' }],
    ['to another currency', {}, fixed(9_900, 'EUR'), {}, { kind: 'unknown' }],
    [
      'from a discount: the new plan may have it, too',
      { amount: 1_450 },
      fixed(9_900),
      {},
      { kind: 'unknown' },
    ],
    [
      'from a discount of everything, in a trial',
      { ...inTrial, amount: 0 },
      fixed(9_900),
      { trial: null },
      { kind: 'unknown' },
    ],
    [
      'from seats, and what they come with',
      { ...paying(8_900, { amount: 2_900 }, perSeat), seats: 5 },
      fixed(9_900),
      {},
      amounts(4_450, 4_950),
    ],
    [
      'from seats that cost less: a discount, or a price in steps',
      { ...paying(5_000, perSeat), seats: 5 },
      fixed(9_900),
      {},
      { kind: 'unknown' },
    ],
    ['from seats that nobody counts', paying(6_000, perSeat), fixed(9_900), {}, { kind: 'unknown' }],
    [
      'from prices in several currencies',
      paying(2_900, { amount: 2_700, currency: 'EUR' }, { amount: 2_900 }),
      fixed(9_900),
      {},
      amounts(1_450, 4_950),
    ],
    [
      'from a price by use beside the fixed one',
      paying(2_900, { amount: 2_900 }, { type: 'metered', unitAmount: '0.03' }),
      fixed(9_900),
      {},
      amounts(1_450, 4_950),
    ],
    ['from an amount of their own', paying(2_900, { type: 'custom' }), fixed(9_900), {}, { kind: 'unknown' }],
    [
      'from a period that is over: it is an old reading',
      { currentPeriodEnd: now.toISOString() },
      fixed(9_900),
      {},
      { kind: 'unknown' },
    ],
    [
      'from a trial that is over',
      { ...inTrial, currentPeriodEnd: now.toISOString() },
      fixed(9_900),
      { trial: { interval: 'year', count: 1 } },
      { kind: 'unknown' },
    ],
    ['from a period that is not known', { currentPeriodStart: null }, fixed(9_900), {}, { kind: 'unknown' }],
    ['from a product that is not known', { product: null }, fixed(9_900), {}, { kind: 'unknown' }],
    [
      'in a trial, to a longer one',
      inTrial,
      fixed(9_900),
      { trial: { interval: 'day', count: 14 } },
      { kind: 'trial' },
    ],
    [
      'in a trial, to seats with one',
      inTrial,
      { kind: 'seat', unitAmount: '1200', currency: 'USD', minimumSeats: 2 },
      { trial: { interval: 'month', count: 1 } },
      { kind: 'trial' },
    ],
    [
      'in a trial, to one that would be over',
      inTrial,
      fixed(9_900),
      { trial: { interval: 'week', count: 1 } },
      amounts(0, 9_900, true),
    ],
    ['in a trial, to a plan without one', inTrial, fixed(9_900), { trial: null }, amounts(0, 9_900, true)],
    ['in a trial, and nobody says what the plan has', inTrial, fixed(9_900), {}, { kind: 'unknown' }],
    [
      'in a trial that began nobody knows when',
      { ...inTrial, trialStart: null },
      fixed(9_900),
      { trial: { interval: 'year', count: 1 } },
      { kind: 'unknown' },
    ],
  ] as const)('%s', (_name, subscription, cost, target, expected) => {
    expect(estimate(subscription, cost, target)).toEqual(expected)
  })

  it.each([
    ['2027-01-31', { interval: 'month', count: 1 }, '2027-02-27T23:59:59Z', 'trial'],
    ['2027-01-31', { interval: 'month', count: 1 }, '2027-02-28T00:00:00Z', 'amounts'],
    ['2027-01-31', { interval: 'month', count: 2 }, '2027-03-30T23:59:59Z', 'trial'],
    ['2028-02-29', { interval: 'year', count: 1 }, '2029-02-28T00:00:00Z', 'amounts'],
  ] as const)('in a trial since %s, to one of %j, on %s: %s', (trialStart, trial, moment, kind) => {
    const subscription = {
      ...inTrial,
      trialStart,
      currentPeriodStart: trialStart,
      currentPeriodEnd: '2030-01-01T00:00:00Z',
    }
    const target = { cost: fixed(9_900), interval: 'month', trial } as const
    expect(changeEstimate(subscription, target, new Date(moment))).toMatchObject({ kind })
  })

  it('an amount that nobody said is unknown, not 0', () => {
    const subscription = { ...onPro, amount: null }
    expect(changeEstimate(subscription, { cost: fixed(9_900), interval: 'month' }, now)).toEqual({
      kind: 'unknown',
    })
  })
})
