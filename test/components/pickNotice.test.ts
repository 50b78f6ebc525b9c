import type { BillingStatus, CompleteSubscription, CompleteUsage } from 'polar-billing-kit'
import { type NoticeOptions, pickNotice } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it } from 'vitest'

const NOW = '2026-12-01T12:00:00Z'
const END = '2026-12-21T09:00:00.000Z'

type Scenario = { getStatus: BillingStatus; getSubscription: CompleteSubscription; getUsage: CompleteUsage }

/** The notice of a whole backend. */
const noticeOf = ({ getStatus, getSubscription, getUsage }: Scenario, now = NOW, options?: NoticeOptions) =>
  pickNotice(getStatus, getSubscription, getUsage, new Date(now), options)

const change = (
  scenario: Scenario,
  status: Partial<BillingStatus>,
  subscription: Partial<CompleteSubscription> = {},
): Scenario => ({
  ...scenario,
  getStatus: { ...scenario.getStatus, ...status },
  getSubscription: { ...scenario.getSubscription, ...subscription },
})

const { active, canceling, pastDue, trialing, paused, overLimit, stale } = scenarios
const pausing = change(active, {}, { pauseAtPeriodEnd: true })

describe('pickNotice', () => {
  it.each([
    ['free', scenarios.free, null],
    ['active', active, null],
    ['unlimited', scenarios.unlimited, null],
    ['overage, which is paid for', scenarios.overage, null],
    ['team', scenarios.team, null],
    ['canceled: it is over', scenarios.canceled, null],
    ['pastDue', pastDue, { kind: 'past_due', at: '2026-12-28T09:00:00.000Z', meters: [] }],
    ['incomplete', scenarios.incomplete, { kind: 'incomplete', at: null, meters: [] }],
    ['paused', paused, { kind: 'paused', at: null, meters: [] }],
    ['overLimit', overLimit, { kind: 'limit_reached', at: null, meters: ['Characters'] }],
    ['nearLimit', scenarios.nearLimit, { kind: 'near_limit', at: null, meters: ['Characters'] }],
    ['canceling', canceling, { kind: 'cancel_scheduled', at: END, meters: [] }],
    ['pausing', pausing, { kind: 'pause_scheduled', at: END, meters: [] }],
    ['stale', stale, { kind: 'stale', at: '2026-12-01T12:00:00.000Z', meters: [] }],
  ] as const)('%s', (_name, scenario, notice) => {
    expect(noticeOf(scenario)).toEqual(notice)
  })

  it('unknown: nothing is known, so that nothing is said', () => {
    expect(pickNotice(undefined, undefined, undefined, new Date(NOW))).toBeNull()
  })

  it.each(['pastDue', 'canceling', 'paused', 'incomplete'] as const)(
    '%s: either answer alone says so',
    (name) => {
      const { getStatus, getSubscription } = scenarios[name]
      const whole = noticeOf(scenarios[name])
      expect(pickNotice(getStatus, undefined, undefined, new Date(NOW))).toEqual(whole)
      expect(pickNotice(undefined, getSubscription, undefined, new Date(NOW))).toEqual(whole)
    },
  )

  it('usage alone', () => {
    expect(pickNotice(undefined, undefined, overLimit.getUsage, new Date(NOW))?.kind).toBe('limit_reached')
  })

  describe('priority: the most urgent alone', () => {
    // Each has what makes all the notices below it, too.
    const stopping = { cancelAtPeriodEnd: true, stale: true } as const
    const all = { ...stopping, pauseAtPeriodEnd: true }
    const over = { getUsage: { ...overLimit.getUsage, stale: true } }
    const near = { getUsage: { ...scenarios.nearLimit.getUsage, stale: true } }
    it.each([
      ['access_ended', { ...change(pastDue, { ...stopping, isActive: false }, all), ...over }],
      ['past_due', { ...change(pastDue, stopping, all), ...over }],
      ['incomplete', { ...change(scenarios.incomplete, stopping, all), ...over }],
      ['paused', { ...change(paused, stopping, all), ...over }],
      ['limit_reached', { ...change(trialing, stopping, all), ...over }],
      ['cancel_scheduled', { ...change(trialing, stopping, all), ...near }],
      ['pause_scheduled', { ...change(trialing, { stale: true }, { pauseAtPeriodEnd: true }), ...near }],
      ['trial_ending', { ...change(trialing, { stale: true, expiresAt: '2026-12-02T09:00:00Z' }), ...near }],
      ['near_limit', { ...change(active, { stale: true }), ...near }],
      ['stale', change(active, { stale: true })],
    ])('%s', (kind, scenario) => {
      expect(noticeOf(scenario)?.kind).toBe(kind)
    })
  })

  describe('past due', () => {
    it.each([
      ['the last second of grace', '2026-12-28T08:59:59Z', true, 'past_due'],
      ['the end of grace', '2026-12-28T09:00:00Z', true, 'access_ended'],
      [
        'the server says that it is over, whatever the clock here',
        '2026-12-01T12:00:00Z',
        false,
        'access_ended',
      ],
    ])('%s', (_name, now, isActive, kind) => {
      expect(noticeOf(change(pastDue, { isActive }), now)?.kind).toBe(kind)
    })

    it('no day is named that nobody said, nor one that is not over', () => {
      const undated = change(pastDue, { graceEndsAt: null }, { graceEndsAt: null })
      expect(noticeOf(undated)).toEqual({ kind: 'past_due', at: null, meters: [] })
      expect(noticeOf(change(pastDue, { isActive: false }))).toMatchObject({ kind: 'access_ended', at: null })
    })
  })

  describe('a trial', () => {
    const ending = (expiresAt: string | null, now: string, options?: NoticeOptions) =>
      noticeOf(change(trialing, { expiresAt }, { trialEnd: expiresAt, currentPeriodEnd: null }), now, options)

    it.each([
      ['four days before', '2026-12-05T09:00:00Z', '2026-12-01T12:00:00Z', {}, null],
      ['three days before', '2026-12-05T09:00:00Z', '2026-12-02T00:00:00Z', {}, 'trial_ending'],
      ['on the day', '2026-12-05T09:00:00Z', '2026-12-05T08:59:59Z', {}, 'trial_ending'],
      ['over: what came of it is not known', '2026-12-05T09:00:00Z', '2026-12-05T09:00:00Z', {}, null],
      [
        'prop: trialEndingDays',
        '2026-12-05T09:00:00Z',
        '2026-12-01T12:00:00Z',
        { trialEndingDays: 4 },
        'trial_ending',
      ],
      [
        'trialEndingDays 0: on the day alone',
        '2026-12-05T09:00:00Z',
        '2026-12-04T23:59:59Z',
        { trialEndingDays: 0 },
        null,
      ],
      ['nobody said when it ends', null, '2026-12-01T12:00:00Z', {}, null],
      // In Tokyo it is December 2 already, three days before.
      [
        'calendar days of the zone',
        '2026-12-05T09:00:00Z',
        '2026-12-01T15:00:00Z',
        { timeZone: 'Asia/Tokyo' },
        'trial_ending',
      ],
      [
        'the same moment in New York',
        '2026-12-05T09:00:00Z',
        '2026-12-01T15:00:00Z',
        { timeZone: 'America/New_York' },
        null,
      ],
    ] as const)('%s', (_name, end, now, options, kind) => {
      expect(ending(end, now, options)?.kind ?? null).toBe(kind)
    })
  })

  describe('a scheduled end', () => {
    it('that has passed: the next answer says what came of it', () => {
      expect(noticeOf(canceling, '2026-12-21T09:00:00Z')).toBeNull()
    })

    it('without a day', () => {
      const undated = change(canceling, { expiresAt: null }, { currentPeriodEnd: null })
      expect(noticeOf(undated)).toEqual({ kind: 'cancel_scheduled', at: null, meters: [] })
    })

    it('of a subscription that was read in another state says nothing of this one', () => {
      const mixed = { ...active, getSubscription: { ...trialing.getSubscription, pauseAtPeriodEnd: true } }
      expect(noticeOf(mixed)).toBeNull()
    })
  })

  it('incomplete, back from the checkout: what waits for it says so', () => {
    expect(noticeOf(change(scenarios.incomplete, { checkout: 'confirmed' }))).toBeNull()
    expect(noticeOf(change(scenarios.incomplete, { checkout: 'expired' }))?.kind).toBe('incomplete')
  })

  describe('limits', () => {
    const using = (...meters: Partial<CompleteUsage['meters'][number]>[]) =>
      noticeOf({
        ...active,
        getUsage: {
          ...active.getUsage,
          meters: meters.map((meter, index) => ({
            key: 'characters',
            name: `M${index}`,
            unit: '',
            used: 0,
            pending: 0,
            ...meter,
          })),
        },
      })

    it.each([
      ['at the limit', { used: 10, limit: 10 }, 'limit_reached'],
      ['pending counts', { used: 4, pending: 6, limit: 10 }, 'limit_reached'],
      ['one below it', { used: 9, limit: 10 }, 'near_limit'],
      ['far below it', { used: 7, limit: 10 }, undefined],
      ['nothing of nothing', { used: 0, limit: 0 }, undefined],
      ['something of nothing', { used: 1, limit: 0 }, 'limit_reached'],
      ['unlimited', { used: 1_000, limit: null }, undefined],
      ['a limit that nobody named', { used: 1_000 }, undefined],
      ['a limit that is no number', { used: 1_000, limit: Number.NaN }, undefined],
      ['units were given back', { used: -5, limit: 0 }, undefined],
    ])('%s', (_name, meter, kind) => {
      expect(using(meter)?.kind).toBe(kind)
    })

    it('names every meter that it is about', () => {
      expect(using({ used: 10, limit: 10 }, { used: 1, limit: 10 }, { used: 12, limit: 10 })?.meters).toEqual(
        ['M0', 'M2'],
      )
    })

    it('prop: nearAt', () => {
      expect(noticeOf(scenarios.nearLimit, NOW, { nearAt: 0.95 })).toBeNull()
    })
  })

  it('usage alone is stale', () => {
    const old = { ...active, getUsage: { ...active.getUsage, stale: true } }
    expect(noticeOf(old)).toEqual({ kind: 'stale', at: active.getUsage.generatedAt, meters: [] })
  })
})
