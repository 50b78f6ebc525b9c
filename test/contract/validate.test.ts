import { type Operation, type Operations, parseInput, validateAnswer } from 'polar-billing-kit/contract'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type * as z from 'zod/mini'
import type { INPUT_SCHEMAS } from '../../src/contract/inputSchemas.js'

const messageOf = (run: () => unknown): string => {
  try {
    run()
    return 'nothing thrown'
  } catch (error) {
    return String(error)
  }
}

describe('validateAnswer', () => {
  it.each([
    ['getStatus', {}],
    ['getStatus', { isActive: 1, expiresAt: 3 }],
    ['getStatus', { status: 'gone' }],
    ['getSubscription', { status: 'active', amount: 29.5 }],
    ['getSubscription', { status: 'active', product: { id: 'prod_1' } }],
    ['getUsage', { meters: [{ key: 'x' }] }],
    ['getUsage', { totalRequests: '12' }],
    ['createCheckout', { url: 'https://x.test' }],
    ['createPortalSession', null],
  ] as const)('%s %j: says where, and what was expected', (operation, answer) => {
    expect(messageOf(() => validateAnswer(operation, answer))).toMatchSnapshot()
  })

  it('opaque ids, unknown fields and missing ones pass', () => {
    const answer = { status: 'active', planType: 'gold', customerId: 'anything at all', whatever: [1] }
    expect(() => validateAnswer('getStatus', answer)).not.toThrow()
  })

  it('a change that waits may say how it renews then', () => {
    const answer = (changes: object) => ({
      status: 'active',
      pendingChange: { planType: 'pro', seats: null, appliesAt: '2026-12-21T09:00:00Z', ...changes },
    })
    for (const changes of [{}, { interval: null }, { interval: 'year' }])
      expect(() => validateAnswer('getSubscription', answer(changes))).not.toThrow()
    expect(messageOf(() => validateAnswer('getSubscription', answer({ interval: 'week' })))).toContain(
      'pendingChange.interval',
    )
  })

  it('a price list may say what a year allows, in plain numbers, and its trial', () => {
    const { plans } = scenarios.free.listPlans
    const [, pro] = plans
    expect(plans.map(({ yearly }) => yearly !== undefined)).toEqual([false, true, false, false])
    expect(() => validateAnswer('listPlans', { plans })).not.toThrow()
    const yearly = { limits: {}, included: { characters: { month: 10_000, year: 120_000 } } }
    expect(messageOf(() => validateAnswer('listPlans', { plans: [{ ...plans[0], yearly }] }))).toContain(
      'plans.0.yearly.included.characters',
    )
    const trial = { interval: 'day', count: 'some' }
    expect(
      messageOf(() =>
        validateAnswer('listPlans', { plans: [{ ...plans[1], yearly: { ...pro?.yearly, trial } }] }),
      ),
    ).toContain('plans.0.yearly.trial.count')
  })
})

describe('parseInput', () => {
  it.each([undefined, null, {}])('%j is no fields', (input) => {
    expect(parseInput('createCheckout', input)).toEqual({})
  })

  const wrong = [
    '{"planType":3}',
    '{"interval":"week"}',
    '{"seats":0}',
    '{"plantype":"pro"}',
    '{"__proto__":{}}',
    '[]',
    '"pro"',
  ]
  it.each(wrong)('%s: says what is wrong', (json) => {
    const input: unknown = JSON.parse(json)
    expect(messageOf(() => parseInput('createCheckout', input))).toMatchSnapshot()
  })

  it('as many seats as the provider takes: a checkout sells fewer than there may be later', () => {
    const later = (seats: number) => ({ action: 'seats', seats })
    expect(parseInput('createCheckout', { seats: 10_000 })).toEqual({ seats: 10_000 })
    expect(parseInput('updateSubscription', later(1_000_000))).toEqual(later(1_000_000))
    expect(messageOf(() => parseInput('createCheckout', { seats: 10_001 }))).toBe(
      'BillingError: createCheckout: `seats` must be at most 10000.',
    )
    expect(messageOf(() => parseInput('updateSubscription', later(1_000_001)))).toBe(
      'BillingError: updateSubscription: `seats` must be at most 1000000.',
    )
  })

  it('says how long a text may be', () => {
    expect(messageOf(() => parseInput('listOrders', { cursor: 'x'.repeat(201) }))).toBe(
      'BillingError: listOrders: `cursor` must be at most 200 characters.',
    )
  })
})

it('types: what passes the check is what the operation takes', () => {
  type InputOf<Name extends Operation> = z.input<(typeof INPUT_SCHEMAS)[Name]>
  expectTypeOf<InputOf<'getStatus'>>().toExtend<Operations['getStatus']['input']>()
  expectTypeOf<InputOf<'createCheckout'>>().toExtend<Operations['createCheckout']['input']>()
})
