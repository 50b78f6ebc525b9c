import type { BillingStatus, PendingChange, Plan, Subscription } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it } from 'vitest'
import { isCurrentPlan, planVerb, type Standing } from '../../src/components/PricingTable/planVerb.js'

const listed = scenarios.free.listPlans.plans
const [free, pro, team, enterprise] = listed as [Plan, Plan, Plan, Plan]
/** Larger than Team, and not sold here. */
const unsold: Plan = { ...team, planType: 'unsold', forSale: false, prices: [] }
const plans = [free, pro, team, unsold, enterprise]

const standingOf = (
  name: keyof typeof scenarios,
  changes: Partial<Subscription> = {},
  status: Partial<BillingStatus> = {},
): Standing => ({
  status: { ...(scenarios[name].getStatus as BillingStatus), ...status },
  subscription: { ...(scenarios[name].getSubscription as Subscription), ...changes },
})

const yearly = {
  product: { ...scenarios.active.getSubscription.product, recurringInterval: 'year' },
} as Partial<Subscription>
const waits = (planType: string | null, changes: Partial<PendingChange> = {}): Partial<Subscription> => ({
  pendingChange: { planType, seats: null, appliesAt: '2026-12-21T09:00:00.000Z', ...changes },
})

/** The verbs of Free, Pro, Team, one that is not sold, and Enterprise. */
const verbs = (standing: Standing | null | undefined, interval: 'month' | 'year' = 'month') =>
  plans.map((plan) => planVerb(plan, interval, { plans, standing, defaultPlan: 'free' }))

describe('planVerb', () => {
  it.each([
    ['signed out', null, [null, 'startTrial', 'start', null, 'contact']],
    ['not known', undefined, [null, 'choose', 'choose', null, 'contact']],
    ['none', standingOf('free'), ['current', 'startTrial', 'start', null, 'contact']],
    ['active', standingOf('active'), ['cancel', 'current', 'upgrade', null, 'contact']],
    [
      'active on the larger plan',
      standingOf('active', {}, { planType: 'team' }),
      ['cancel', 'downgrade', 'current', null, 'contact'],
    ],
    [
      'active on a plan with seats',
      standingOf('team'),
      ['cancel', 'cancelFirst', 'current', null, 'contact'],
    ],
    ['trialing', standingOf('trialing'), ['cancel', 'current', 'upgrade', null, 'contact']],
    ['canceling', standingOf('canceling'), ['pending', 'resume', null, null, 'contact']],
    [
      'canceling, and nobody says until when',
      standingOf('canceling', {}, { expiresAt: null }),
      [null, 'resume', null, null, 'contact'],
    ],
    ['past due', standingOf('pastDue'), [null, 'current', null, null, 'contact']],
    [
      'past due, grace over',
      standingOf('pastDue', {}, { isActive: false }),
      [null, 'current', null, null, 'contact'],
    ],
    [
      'past due and canceling',
      standingOf('pastDue', {}, { cancelAtPeriodEnd: true }),
      [null, 'current', null, null, 'contact'],
    ],
    ['paused', standingOf('paused'), [null, 'resume', null, null, 'contact']],
    [
      'a pause waits',
      standingOf('active', { pauseAtPeriodEnd: true }),
      ['cancel', 'resume', 'upgrade', null, 'contact'],
    ],
    [
      'canceled: the trial may have been had',
      standingOf('canceled'),
      ['current', 'start', 'start', null, 'contact'],
    ],
    ['incomplete', standingOf('incomplete'), [null, 'start', 'start', null, 'contact']],
    ['stale', standingOf('stale'), ['cancel', 'current', 'upgrade', null, 'contact']],
    ['a change waits', standingOf('active', waits('team')), ['cancel', 'keep', 'pending', null, 'contact']],
    [
      'a change waits to a product that the catalog does not name',
      standingOf('active', waits(null)),
      ['cancel', 'keep', 'upgrade', null, 'contact'],
    ],
    [
      'other seats wait',
      standingOf('team', waits(null, { seats: 9 })),
      ['cancel', 'cancelFirst', 'current', null, 'contact'],
    ],
    [
      'a plan with seats that the catalog does not name',
      standingOf('team', {}, { planType: null }),
      ['cancel', 'cancelFirst', 'change', null, 'contact'],
    ],
    [
      'the yearly price waits',
      standingOf('active', waits('pro')),
      ['cancel', 'keep', 'upgrade', null, 'contact'],
    ],
    [
      'a plan that the catalog does not name',
      standingOf('active', {}, { planType: null }),
      ['cancel', 'change', 'change', null, 'contact'],
    ],
    [
      'a plan that is sold by people',
      standingOf('active', {}, { planType: 'enterprise' }),
      ['cancel', 'downgrade', 'downgrade', null, 'current'],
    ],
    [
      'a plan that is no longer sold',
      standingOf('active', {}, { planType: 'unsold' }),
      ['cancel', 'downgrade', 'downgrade', 'current', 'contact'],
    ],
    [
      'the subscription cannot be read',
      { status: scenarios.active.getStatus },
      ['cancel', 'current', 'upgrade', null, 'contact'],
    ],
    [
      'a purchase is being confirmed: nobody is told that he has nothing',
      standingOf('free', {}, { checkout: 'confirmed' }),
      [null, 'startTrial', 'start', null, 'contact'],
    ],
    [
      'a checkout that expired',
      standingOf('free', {}, { checkout: 'expired' }),
      ['current', 'startTrial', 'start', null, 'contact'],
    ],
  ] as const)('%s', (_name, standing, expected) => {
    expect(verbs(standing)).toEqual(expected)
  })

  it.each([
    ['monthly, looking at the year', standingOf('active'), 'year', 'switchToYear'],
    ['yearly, looking at the year', standingOf('active', yearly), 'year', 'current'],
    ['yearly, looking at the month', standingOf('active', yearly), 'month', 'switchToMonth'],
    ['the year waits, looking at it', standingOf('active', waits('pro')), 'year', 'pending'],
    [
      'the year waits, looking at the month',
      standingOf('active', waits('pro', { interval: 'year' })),
      'month',
      'keep',
    ],
    [
      'yearly, the month waits, looking at it',
      standingOf('active', { ...yearly, ...waits('pro', { interval: 'month' }) }),
      'month',
      'pending',
    ],
    [
      'a new product of the same interval waits: the other one can be had',
      standingOf('active', waits('pro', { interval: 'month' })),
      'year',
      'switchToYear',
    ],
    ['another plan waits', standingOf('active', waits('team')), 'year', 'switchToYear'],
    [
      'on Team, its year waits',
      standingOf('team', { seats: null, ...waits('pro', { interval: 'year' }) }),
      'year',
      'pending',
    ],
    [
      'on Team, its year waits: the month can be had',
      standingOf('team', { seats: null, ...waits('pro', { interval: 'year' }) }),
      'month',
      'downgrade',
    ],
    [
      'on Team, it waits by a product that is no longer sold',
      standingOf('team', { seats: null, ...waits('pro', { interval: null }) }),
      'year',
      'pending',
    ],
    ['canceling', standingOf('canceling'), 'year', 'resume'],
    ['trialing', standingOf('trialing'), 'year', 'switchToYear'],
    ['the interval is not known', { status: scenarios.active.getStatus }, 'year', 'current'],
  ] as const)('Pro, %s', (_name, standing, interval, expected) => {
    expect(verbs(standing, interval)[1]).toBe(expected)
  })

  describe('the trial is the interval’s own', () => {
    const { yearly: allowed, ...both } = pro
    const trial = { interval: 'day', count: 14 } as const
    const byYear = { prices: (pro.prices ?? []).filter(({ interval }) => interval === 'year') }
    it.each([
      [
        'the month has one',
        { ...both, trial, yearly: { limits: {}, included: {}, trial: null } },
        'startTrial',
        'start',
      ],
      [
        'the year has one',
        { ...both, trial: null, yearly: { limits: {}, included: {}, trial } },
        'start',
        'startTrial',
      ],
      [
        'both have one',
        { ...both, trial, yearly: { limits: {}, included: {}, trial } },
        'startTrial',
        'startTrial',
      ],
      [
        'nobody says it of the year',
        { ...both, trial, yearly: allowed && { ...allowed, trial: undefined } },
        'startTrial',
        'start',
      ],
      ['an older server, which says nothing of the year', { ...both, trial }, 'startTrial', 'start'],
      ['sold by the year alone', { ...both, ...byYear, trial }, 'startTrial', 'startTrial'],
    ] as const)('%s', (_name, plan, month, year) => {
      const verbOf = (interval: 'month' | 'year') =>
        planVerb(plan as Plan, interval, { plans, standing: null, defaultPlan: 'free' })
      expect([verbOf('month'), verbOf('year')]).toEqual([month, year])
    })
  })

  it('seats, and a price that nobody can tell: the server knows whether it has some', () => {
    const plan: Plan = { ...pro, prices: null }
    expect(planVerb(plan, 'month', { plans, standing: standingOf('team'), defaultPlan: 'free' })).toBe(
      'downgrade',
    )
  })

  it('a trial of nothing is none', () => {
    const plan: Plan = { ...pro, trial: { interval: 'day', count: 0 } }
    expect(planVerb(plan, 'month', { plans, standing: null, defaultPlan: 'free' })).toBe('start')
  })
})

describe('isCurrentPlan', () => {
  const current = (standing: Standing | null | undefined) =>
    plans
      .filter((plan) => isCurrentPlan(plan, { plans, standing, defaultPlan: 'free' }))
      .map(({ planType }) => planType)

  it.each([
    ['signed out', null, []],
    ['not known', undefined, []],
    ['none', standingOf('free'), ['free']],
    ['canceled', standingOf('canceled'), ['free']],
    ['incomplete: nobody says that it is free', standingOf('incomplete'), []],
    ['active', standingOf('active'), ['pro']],
    ['paused', standingOf('paused'), ['pro']],
    ['past due', standingOf('pastDue'), ['pro']],
    ['active, and nobody says what', standingOf('active', {}, { planType: null }), []],
  ] as const)('%s', (_name, standing, expected) => {
    expect(current(standing)).toEqual(expected)
  })
})
