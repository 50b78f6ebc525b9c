import { checkFeature, checkMeter } from 'polar-billing-kit/contract'
import { scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it } from 'vitest'

const catalog = {
  ...scenarioCatalog,
  plans: { ...scenarioCatalog.plans, free: { name: 'Free', features: ['export'] } },
}
const included = { allowed: true, reason: 'included' }
const unknown = { allowed: undefined, reason: 'unknown' }
const pending = { allowed: undefined, reason: 'pending' }
const denied = (reason: string) => ({ allowed: false, reason })

describe('checkFeature()', () => {
  it.each([
    ['active', 'api', included],
    ['active', 'voices', denied('not_in_plan')],
    ['active', 'export', denied('not_in_plan')],
    ['team', 'voices', included],
    ['trialing', 'api', included],
    ['canceling', 'api', included],
    ['pastDue', 'api', included],
    ['stale', 'api', included],
    ['free', 'export', included],
    ['free', 'api', denied('not_in_plan')],
    ['paused', 'api', denied('inactive')],
    ['canceled', 'api', denied('inactive')],
    ['incomplete', 'api', denied('inactive')],
    ['canceled', 'voices', denied('not_in_plan')],
    ['paused', 'export', included],
  ] as const)('%s, %s: %j', (scenario, feature, answer) => {
    expect(checkFeature(feature, scenarios[scenario].getStatus, catalog)).toEqual(answer)
  })

  it('past due, after the grace', () => {
    const status = { ...scenarios.pastDue.getStatus, isActive: false }
    expect(checkFeature('api', status, catalog)).toEqual(denied('inactive'))
  })

  it.each([null, 'gold', '__proto__'])(
    'active, on a product that the catalog does not name: %s',
    (planType) => {
      expect(checkFeature('api', { ...scenarios.active.getStatus, planType }, catalog)).toEqual(unknown)
    },
  )

  it('a default plan that the catalog does not name', () => {
    const broken = { ...catalog, defaultPlan: 'gold' }
    expect(checkFeature('api', scenarios.free.getStatus, broken)).toEqual(unknown)
  })

  it.each([
    ['open', 'api', pending],
    ['confirmed', 'api', pending],
    ['succeeded', 'api', pending],
    ['expired', 'api', denied('not_in_plan')],
    ['confirmed', 'export', included],
  ] as const)('back from a checkout (%s), %s: %j', (checkout, feature, answer) => {
    expect(checkFeature(feature, { ...scenarios.free.getStatus, checkout }, catalog)).toEqual(answer)
  })
})

describe('checkMeter()', () => {
  const meter = scenarios.free.getUsage.meters[0]
  const check = (numbers: object, amount?: number) =>
    checkMeter(
      { meter: 'characters', amount },
      { meters: [{ ...meter, ...numbers } as typeof meter & object] },
    )

  it.each([
    [1_000, undefined, included],
    [1, undefined, included],
    [0.5, undefined, denied('limit_reached')],
    [0, undefined, denied('limit_reached')],
    [100, 100, included],
    [100, 101, denied('limit_reached')],
    [100, 0.5, included],
    [0, 0, included],
    [0, -5, included],
    [-3, 0, included],
    [-3, undefined, denied('limit_reached')],
    [100, Number.POSITIVE_INFINITY, denied('limit_reached')],
    [100, Number.NaN, unknown],
    [Number.NaN, 1, unknown],
    [undefined, 1, unknown],
    [undefined, 0, unknown],
    [null, 1, included],
    [null, Number.POSITIVE_INFINITY, included],
    [null, Number.NaN, unknown],
  ])('%j left, %j wanted: %j', (remaining, amount, answer) => {
    expect(check({ remaining }, amount)).toEqual(answer)
  })

  it('a plan that has none of it', () => {
    expect(check({ limit: 0, remaining: 0 })).toEqual(denied('not_in_plan'))
  })

  it('a meter that the answer does not have', () => {
    expect(checkMeter({ meter: 'storage' }, scenarios.free.getUsage)).toEqual(unknown)
    expect(checkMeter({ meter: 'characters' }, { meters: [] })).toEqual(unknown)
  })

  it('a stale count is what is known', () => {
    expect(checkMeter({ meter: 'characters' }, scenarios.stale.getUsage)).toEqual(included)
  })
})
