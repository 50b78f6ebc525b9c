import { PGlite } from '@electric-sql/pglite'
import { type ByInterval, defineCatalog, type Plans } from 'polar-billing-kit/contract'
import type { EmulatorCatalog } from 'polar-billing-kit/emulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalog, polarCatalog, type Running, startBilling } from './startBilling.js'

const soldDifferently = {
  ...polarCatalog,
  meters: { ...polarCatalog.meters, minutes: { name: 'Minutes', event: 'minute' } },
  products: {
    ...polarCatalog.products,
    pro: {
      name: 'Pro plan',
      interval: 'month',
      prices: [
        { type: 'fixed', amount: 2_900 },
        { type: 'metered', meter: 'characters', unitAmount: '0.03' },
        { type: 'metered', meter: 'minutes', unitAmount: '5' },
      ],
      trial: { interval: 'day', count: 14 },
    },
    team: { name: 'Team', interval: 'month', prices: [{ type: 'seat', amount: 1_000, minimumSeats: 3 }] },
  },
} as const satisfies EmulatorCatalog

const creditsByInterval = {
  ...polarCatalog,
  benefits: {
    ...polarCatalog.benefits,
    half: { type: 'meter_credit', meter: 'characters', units: 60_000, description: '60,000 characters' },
    rest: { type: 'meter_credit', meter: 'characters', units: 60_000, description: '60,000 more' },
  },
  products: {
    ...polarCatalog.products,
    proYear: { ...polarCatalog.products.proYear, benefits: ['half', 'rest'] },
    team: { ...polarCatalog.products.team, prices: [{ type: 'seat', amount: 900 }], benefits: ['half'] },
  },
} as const satisfies EmulatorCatalog

const withYearlyTrials = {
  ...polarCatalog,
  products: {
    ...polarCatalog.products,
    proYear: { ...polarCatalog.products.proYear, trial: { interval: 'month', count: 1 } },
    stray: { ...polarCatalog.products.stray, interval: 'year', trial: { interval: 'week', count: 2 } },
  },
} as const satisfies EmulatorCatalog

let running: Running
beforeAll(async () => {
  running = await startBilling()
})
afterAll(() => running.close())

describe('listPlans', () => {
  it('default: public, in the order of the catalog, with the provider’s prices', async () => {
    const { status, body } = await running.as(null).get('/plans')
    expect(status).toBe(200)
    expect(body.plans.map(({ planType }: { planType: string }) => planType)).toEqual([
      'free',
      'pro',
      'team',
      'enterprise',
    ])
    expect(body.plans[0]).toEqual({
      planType: 'free',
      name: 'Free',
      description: null,
      features: [],
      limits: { characters: 1000, databases: 1 },
      included: {},
      recommended: false,
      contact: null,
      forSale: false,
      trial: null,
      prices: [],
    })
    expect(body.plans[1]).toMatchObject({
      forSale: true,
      recommended: true,
      features: ['api'],
      limits: { characters: null },
    })
    expect(body.plans[1].prices).toEqual([
      {
        id: expect.any(String),
        amount: 2900,
        currency: 'USD',
        type: 'recurring',
        recurringInterval: 'month',
        interval: 'month',
      },
      {
        id: expect.any(String),
        amount: null,
        currency: 'USD',
        type: 'metered',
        recurringInterval: 'month',
        unitAmount: '0.03',
        interval: 'month',
        meter: 'characters',
      },
      {
        id: expect.any(String),
        amount: 29_000,
        currency: 'USD',
        type: 'recurring',
        recurringInterval: 'year',
        interval: 'year',
      },
    ])
    expect(body.plans[3]).toMatchObject({ forSale: false, contact: 'mailto:sales@example.com', prices: [] })
  })

  it('behavior: the provider is down and nothing is remembered: no prices, and the rest', async () => {
    const dark = await startBilling()
    dark.emulator.controls.takeDown()
    const { status, body } = await dark.as(null).get('/plans')
    expect(status).toBe(200)
    expect(body.plans[1]).toMatchObject({ name: 'Pro', prices: null })
    // Nobody knows whether it has a trial, by the month or by the year.
    expect(body.plans[1]).not.toHaveProperty('trial')
    expect(body.plans[1].yearly).not.toHaveProperty('trial')
    await dark.close()
  })

  it('trial, meters and seats: in the catalog’s words, without the provider’s id of a meter', async () => {
    const own = await startBilling({ emulator: { catalog: soldDifferently } })
    const text = JSON.stringify((await own.as(null).get('/plans')).body)
    for (const id of Object.values(own.emulator.controls.catalog().meters)) expect(text).not.toContain(id)
    const { plans } = JSON.parse(text) as Plans
    expect(plans.find(({ planType }) => planType === 'pro')).toMatchObject({
      trial: { interval: 'day', count: 14 },
      // Another product, without one.
      yearly: { trial: null },
      prices: [
        { type: 'recurring', interval: 'month' },
        { type: 'metered', meter: 'characters' },
        // The catalog has no such meter.
        { type: 'metered', meter: null },
        { type: 'recurring', interval: 'year' },
      ],
    })
    expect(plans.find(({ planType }) => planType === 'team')).toMatchObject({
      trial: null,
      prices: [{ type: 'seat', amount: null, unitAmount: '1000', minimumSeats: 3, unitAmountUpTo: null }],
    })
    await own.close()
  })

  it('a year that allows something else than a month, or has another trial: both, where both are sold', async () => {
    const byInterval = defineCatalog({
      currency: 'USD',
      defaultPlan: 'free',
      plans: {
        free: { name: 'Free', limits: { characters: { month: 1_000, year: 9_000 } } },
        pro: {
          name: 'Pro',
          included: { characters: { month: 10_000, year: 120_000 } },
          limits: { characters: { month: 50_000, year: null }, databases: 5 },
        },
        team: { name: 'Team', included: { characters: { month: 7_000, year: 84_000 } } },
        studio: { name: 'Studio', included: { characters: { month: 8_000, year: 96_000 } } },
      },
      meters: {
        characters: { name: 'Characters', unit: 'characters' },
        databases: { name: 'Databases', unit: 'databases', source: 'app' },
      },
    })
    const { pro = '', proYear = '', team = '', stray = '' } = running.products
    const products = { pro: { month: pro, year: proYear }, team: { month: team }, studio: { year: stray } }
    const own = await startBilling({
      billing: { catalog: byInterval, products },
      emulator: { catalog: withYearlyTrials },
    })
    const { plans } = (await own.as(null).get('/plans')).body as Plans
    const allowed = plans.map(({ limits, included, yearly }) => ({ limits, included, yearly }))
    expect(allowed).toEqual([
      { limits: { characters: 1_000 }, included: {} },
      {
        limits: { characters: 50_000, databases: 5 },
        included: { characters: 10_000 },
        yearly: {
          limits: { characters: null, databases: 5 },
          included: { characters: 120_000 },
          trial: { interval: 'month', count: 1 },
        },
      },
      { limits: {}, included: { characters: 7_000 } },
      { limits: {}, included: { characters: 96_000 } },
    ])
    expect(plans.map(({ trial }) => trial)).toEqual([null, null, null, { interval: 'week', count: 2 }])
    await own.close()
  })

  it.each<[string, ByInterval<number> | undefined, string[]]>([
    ['one number for both', 10_000, ['10000 "characters" in plan "pro" by the year']],
    ['other numbers', { month: 9_000, year: 120_000 }, ['9000 "characters" in plan "pro" by the month']],
    ['the same numbers', { month: 10_000, year: 120_000 }, []],
    ['nothing', undefined, []],
  ])('a month and a year credit something else, the catalog says %s: warns once', async (_, said, wrong) => {
    const pro = { name: 'Pro', included: { characters: said, databases: 3 } }
    // On both sides for each seat.
    const team = { name: 'Team', included: { characters: 60_000 } }
    const own = await startBilling({
      emulator: { catalog: creditsByInterval },
      billing: { catalog: { ...catalog, plans: { ...catalog.plans, pro, team } } },
    })
    await own.as(null).get('/plans')
    await own.as(null).get('/plans')
    const warnings = own.events.flatMap((event) => (event.type === 'warning' ? [event.message] : []))
    expect(warnings.filter((message) => message.includes('credits'))).toEqual(
      wrong.map((what) => expect.stringContaining(`The catalog includes ${what}`)),
    )
    await own.close()
  })

  it('a price list that an older release has stored is read anew', async () => {
    const database = new PGlite()
    const own = await startBilling({ billing: { database } })
    const id = own.products['pro']
    const stored = {
      id,
      name: 'Pro plan',
      description: null,
      recurringInterval: 'month',
      prices: [],
      benefits: [],
    }
    await database.query(
      `insert into polar_billing.snapshots (kind, key, reading, read_at, answered_at, read_epoch)
       values ('product', $1, $2::jsonb, $3, $3, 0)`,
      [id, JSON.stringify(stored), own.emulator.now().toISOString()],
    )
    expect((await own.as(null).get('/plans')).body.plans[1]).toMatchObject({
      trial: null,
      prices: [{ amount: 2_900 }, { meter: 'characters' }, { amount: 29_000 }],
    })
    await own.close()
    await database.close()
  })

  it('behavior: prices are remembered for an hour', async () => {
    const before = running.polarCalls.length
    await running.as(null).get('/plans')
    expect(running.polarCalls.length).toBe(before)
  })
})
