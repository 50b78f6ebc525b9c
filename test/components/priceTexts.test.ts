import type { Plan, PlanPrice } from 'polar-billing-kit'
import { scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it } from 'vitest'
import { allowanceTexts } from '../../src/components/PricingTable/allowanceText.js'
import { offeredInterval, planCost, pricesFor } from '../../src/components/PricingTable/planCost.js'
import { fullPriceText, priceText } from '../../src/components/PricingTable/priceText.js'
import { hasBothIntervals, yearlySaving } from '../../src/components/PricingTable/yearlySaving.js'

const [free, pro, team, enterprise] = scenarios.free.listPlans.plans as [Plan, Plan, Plan, Plan]
const price = (changes: Partial<PlanPrice>): PlanPrice => ({
  id: 'price',
  amount: null,
  currency: 'USD',
  type: 'recurring',
  recurringInterval: 'month',
  interval: 'month',
  ...changes,
})
const costs = (...prices: PlanPrice[]): Plan => ({ ...pro, prices })
const write = (plan: Plan, interval: 'month' | 'year' = 'month', locale = 'en-US') => {
  const shown = offeredInterval(plan, interval)
  const cost = planCost(plan, pricesFor(plan, shown, 'USD'), plan === free)
  return fullPriceText(cost, shown, { locale }).replaceAll(/\s/g, ' ')
}

describe('the price of a plan', () => {
  it.each<[string, Plan, 'month' | 'year', string]>([
    ['monthly', pro, 'month', '$29.00 per month'],
    ['yearly', pro, 'year', '$290.00 per year'],
    ['seats', team, 'month', '$12.00 per seat and month, at least 2 seats'],
    [
      'seats that have no yearly price: the one there is',
      team,
      'year',
      '$12.00 per seat and month, at least 2 seats',
    ],
    ['the default plan', free, 'month', 'Free'],
    ['sold by people', enterprise, 'month', 'Price on request'],
    ['nothing to pay', costs(), 'month', 'Free'],
    ['a price of 0', costs(price({ amount: 0 })), 'month', 'Free'],
    ['not known', { ...pro, prices: null }, 'month', 'Price not available right now'],
    [
      'not for sale, and not the default plan',
      { ...pro, forSale: false, prices: [] },
      'month',
      'Price not available right now',
    ],
    ['an amount that nobody said', costs(price({})), 'month', 'Price not available right now'],
    [
      'an amount that is none',
      costs(price({ amount: Number.NaN })),
      'month',
      'Price not available right now',
    ],
    ['a negative amount', costs(price({ amount: -1 })), 'month', 'Price not available right now'],
    ['custom', costs(price({ type: 'custom' })), 'month', 'You choose the amount'],
    ['metered alone', costs(price({ type: 'metered', unitAmount: '1' })), 'month', 'Pay for what you use'],
    [
      'one seat',
      costs(price({ type: 'seat', unitAmount: '1200', minimumSeats: 1 })),
      'month',
      '$12.00 per seat and month',
    ],
    [
      'seats by the year',
      costs(price({ type: 'seat', unitAmount: '12000', interval: 'year' })),
      'year',
      '$120.00 per seat and year',
    ],
    [
      'seats in tiers',
      costs(price({ type: 'seat', unitAmount: null })),
      'month',
      'Price not available right now',
    ],
    ['yen', costs(price({ amount: 2_900, currency: 'JPY' })), 'month', '¥2,900 per month'],
    ['dinars', costs(price({ amount: 2_900, currency: 'KWD' })), 'month', 'KWD 2.900 per month'],
  ])('%s', (_name, plan, interval, expected) => {
    expect(write(plan, interval)).toBe(expected)
  })

  it('in the currency of the catalog, where the plan has it', () => {
    const plan = costs(price({ amount: 2_700, currency: 'EUR' }), price({ amount: 2_900 }))
    expect(write(plan)).toBe('$29.00 per month')
    expect(pricesFor(plan, 'month', 'GBP').map(({ currency }) => currency)).toEqual(['EUR'])
  })

  it('an Arabic price in a Latin sentence is isolated, or it would be torn apart', () => {
    const cost = planCost(pro, pricesFor(pro, 'month', 'USD'), false)
    const { sentence, amount } = priceText(cost, 'month', { locale: 'ar' })
    expect(sentence).toBe(`\u2068${amount}\u2069 per month`)
  })

  it('its amount is apart, to be set large', () => {
    const cost = planCost(pro, pricesFor(pro, 'month', 'USD'), false)
    expect(priceText(cost, 'month', { locale: 'en-US' })).toEqual({
      sentence: '$29.00 per month',
      amount: '$29.00',
    })
  })
})

describe('what a plan allows', () => {
  const metered = (unitAmount: string | null) => price({ type: 'metered', unitAmount, meter: 'characters' })
  const allow = (changes: Partial<Plan>, ...prices: PlanPrice[]) =>
    allowanceTexts({ ...pro, included: {}, limits: {}, ...changes }, prices, scenarioCatalog.meters, {
      locale: 'en-US',
    }).map(({ text, notes }) => [text, ...notes])

  const characters = (included?: number, limit?: number | null): Partial<Plan> => ({
    included: included === undefined ? {} : { characters: included },
    limits: limit === undefined ? {} : { characters: limit },
  })

  it.each([
    ['included', characters(10_000), [], [['10,000 characters included']]],
    ['a limit', characters(undefined, 1_000), [], [['Up to 1,000 characters']]],
    ['a limit of 0', characters(undefined, 0), [], [['No characters']]],
    ['no limit', characters(undefined, null), [], [['Unlimited characters']]],
    [
      'included and a limit',
      characters(10_000, 100_000),
      [],
      [['10,000 characters included', 'Up to 100,000 characters']],
    ],
    ['all of the limit included', characters(1_000, 1_000), [], [['1,000 characters included']]],
    [
      'included without a limit',
      characters(50_000, null),
      [],
      [['50,000 characters included', 'No upper limit']],
    ],
    [
      'included with each seat',
      characters(10_000, null),
      [price({ type: 'seat', unitAmount: '1200' })],
      [['10,000 characters included per seat', 'No upper limit']],
    ],
    [
      'included and a rate',
      characters(10_000, null),
      [metered('0.03')],
      [['10,000 characters included', 'then $0.03 per 100 characters']],
    ],
    [
      'all three',
      characters(10_000, 100_000),
      [metered('2')],
      [['10,000 characters included', 'then $0.02 each', 'Up to 100,000 characters']],
    ],
    ['a rate alone', characters(), [metered('0.03')], [['Characters: $0.03 per 100']]],
    ['a rate for one', characters(), [metered('2')], [['Characters: $0.02 each']]],
    [
      'a rate without limit is not "unlimited"',
      characters(0, null),
      [metered('2')],
      [['Characters: $0.02 each']],
    ],
    ['a rate in tiers', characters(10), [metered(null)], [['10 characters included', 'then charged by use']]],
    ['a rate in tiers alone', characters(), [metered(null)], [['Characters: charged by use']]],
    ['a rate that is no amount', characters(), [metered('a lot')], [['Characters: charged by use']]],
    [
      'a meter that the catalog does not name',
      characters(),
      [price({ type: 'metered', unitAmount: '1', meter: null })],
      [['Further usage is charged']],
    ],
    ['nothing said', characters(), [], []],
    ['what is no count', characters(Number.NaN, -1), [], []],
    ['another meter of the server', { limits: { 'gpu-hours': 3 } }, [], [['Up to 3 gpu-hours']]],
  ] as const)('%s', (_name, plan, prices, expected) => {
    expect(allow(plan, ...prices)).toEqual(expected)
  })
})

describe('what a year saves', () => {
  const both = (month: number, year: number): Plan =>
    costs(price({ amount: month }), price({ amount: year, interval: 'year' }))

  it.each([
    ['the scenarios', [free, pro, team, enterprise], { most: 1 / 6, least: 1 / 6 }],
    ['several', [both(1_000, 9_000), both(1_000, 10_800)], { most: 0.25, least: 0.1 }],
    [
      'by seats',
      [
        costs(
          price({ type: 'seat', unitAmount: '1000' }),
          price({ type: 'seat', unitAmount: '6000', interval: 'year' }),
        ),
      ],
      { most: 0.5, least: 0.5 },
    ],
    ['no year', [team], null],
    ['a free month', [both(0, 9_000)], null],
    [
      'other currencies',
      [costs(price({ amount: 1_000 }), price({ amount: 9_000, currency: 'EUR', interval: 'year' }))],
      null,
    ],
    ['prices that are not known', [{ ...pro, prices: null }], null],
  ] as const)('%s', (_name, plans, expected) => {
    const saving = yearlySaving(plans, 'USD')
    expect(saving && [saving.most.toFixed(6), saving.least.toFixed(6)]).toEqual(
      expected && [expected.most.toFixed(6), expected.least.toFixed(6)],
    )
  })

  it('there is something to switch only where a plan has both', () => {
    expect(hasBothIntervals([free, team])).toBe(false)
    expect(hasBothIntervals([free, pro])).toBe(true)
    expect(hasBothIntervals([{ ...pro, prices: null }])).toBe(false)
  })
})
