import type { UsageHistory } from 'polar-billing-kit/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'
import { buyPro, charactersOf, generate } from './usageCalls.js'

let running: Running
beforeEach(async () => {
  running = await startBilling()
})
afterEach(() => running.close())

const wait = (step: object) => running.emulator.controls.advanceClock(step)
const ask = (input: Record<string, string> = {}, organizationId = 'acme') =>
  running.as(organizationId).get(`/usage/history?${new URLSearchParams({ meter: 'characters', ...input })}`)

async function historyOf(input: Record<string, string> = {}, organizationId = 'acme') {
  const { status, body } = await ask(input, organizationId)
  expect(status, JSON.stringify(body)).toBe(200)
  return body as UsageHistory
}

/** Records usage as of a moment, which has arrived when this resolves. */
async function use(characters: number, timestamp: string, organizationId = 'acme'): Promise<void> {
  await running.billing.usage.track({
    organizationId,
    name: 'tts_generation',
    metadata: { characters },
    timestamp: new Date(timestamp),
  })
  await running.billing.usage.flush()
}

/** Those with usage, by when they begin. */
const used = ({ points }: UsageHistory) =>
  Object.fromEntries(points.filter(({ used }) => used !== 0).map(({ at, used }) => [at, used]))
const ends = ({ points }: UsageHistory) => [points[0]?.at, points.at(-1)?.at]
const quantityCalls = () => running.polarCalls.filter((call) => call.endsWith('/quantities')).length

// The clock stands on Saturday, January 10, 2026, 12:00.
const NOW = '2026-01-10T12:00:00.000Z'

describe('getUsageHistory', () => {
  it('default: the running period, which is the UTC month without a subscription, by the day', async () => {
    await use(100, '2026-01-02T08:00:00Z')
    await use(20, '2026-01-02T23:59:59Z')
    await use(3, '2025-12-31T23:59:59Z')
    await use(7, '2026-01-10T11:00:00Z')
    await use(1_000, '2026-01-02T08:00:00Z', 'other')
    const history = await historyOf()
    expect(history).toMatchObject({
      meter: 'characters',
      name: 'Characters',
      unit: 'characters',
      interval: 'day',
      from: '2026-01-01T00:00:00.000Z',
      to: NOW,
      total: 127,
      limit: 1_000,
      generatedAt: NOW,
      stale: false,
    })
    expect(history.points).toHaveLength(10)
    expect(history.points[0]).toEqual({ at: '2026-01-01T00:00:00.000Z', used: 0 })
    expect(used(history)).toEqual({ '2026-01-02T00:00:00.000Z': 120, '2026-01-10T00:00:00.000Z': 7 })
    expect(quantityCalls()).toBe(1)
  })

  it('with a subscription its period, from the hour of its start on', async () => {
    await use(900, '2026-01-10T11:59:00Z')
    await wait({ minutes: 30 })
    await buyPro(running, 'acme')
    await wait({ minutes: 5 })
    await generate(running, 'acme', 30)
    await running.billing.usage.flush()
    await wait({ days: 2 })
    await generate(running, 'acme', 12)
    await running.billing.usage.flush()
    await wait({ minutes: 1 })
    const history = await historyOf({ interval: 'day' })
    expect(history).toMatchObject({ from: '2026-01-10T12:00:00.000Z', total: 42, limit: null })
    // Not the 900 of the same day, and as many as the meter shows.
    expect(history.points).toEqual([
      { at: '2026-01-10T00:00:00.000Z', used: 30 },
      { at: '2026-01-11T00:00:00.000Z', used: 0 },
      { at: '2026-01-12T00:00:00.000Z', used: 12 },
    ])
    expect(await charactersOf(running, 'acme')).toMatchObject({ used: 42 })
  })

  it('a period that began a moment ago is there', async () => {
    await buyPro(running, 'acme')
    expect(await historyOf()).toMatchObject({ interval: 'hour', total: 0, points: [{ used: 0 }] })
    expect(await historyOf({ interval: 'month' })).toMatchObject({
      total: 0,
      points: [{ at: '2026-01-01T00:00:00.000Z', used: 0 }],
    })
  })

  it('a plan that cannot be used any more leaves the month and the default plan’s limit', async () => {
    const { subscription_id: id } = await buyPro(running, 'acme')
    running.emulator.controls.patchSubscription({ id: id ?? '', status: 'canceled' })
    expect(await historyOf()).toMatchObject({ from: '2026-01-01T00:00:00.000Z', limit: 1_000 })
  })

  it('a meter that counts events, without a limit', async () => {
    await running.billing.usage.track({ organizationId: 'acme', name: 'request' })
    await running.billing.usage.flush()
    expect(await historyOf({ meter: 'requests' })).toMatchObject({ unit: 'requests', total: 1, limit: null })
  })
})

describe('ranges', () => {
  it.each([
    ['24h', 'hour', 24, '2026-01-09T13:00:00.000Z', '2026-01-10T12:00:00.000Z'],
    ['7d', 'day', 7, '2026-01-04T00:00:00.000Z', '2026-01-10T00:00:00.000Z'],
    ['30d', 'day', 30, '2025-12-12T00:00:00.000Z', '2026-01-10T00:00:00.000Z'],
    ['90d', 'day', 90, '2025-10-13T00:00:00.000Z', '2026-01-10T00:00:00.000Z'],
    ['12m', 'month', 12, '2025-02-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
  ] as const)('%s: by the %s, %i points', async (range, interval, count, first, last) => {
    // A moment before it, its first one, and now.
    await use(5, new Date(Date.parse(first) - 1).toISOString())
    await use(10, first)
    await use(1, NOW)
    const history = await historyOf({ range })
    expect(history).toMatchObject({ interval, from: first, to: NOW, total: 11 })
    expect(history.points).toHaveLength(count)
    expect(ends(history)).toEqual([first, last])
    expect(used(history)).toEqual({ [first]: 10, [last]: 1 })
    expect(quantityCalls()).toBe(1)
  })

  it.each([
    ['7d', 'hour', 157, 1],
    ['7d', 'week', 2, 2],
    ['30d', 'week', 5, 2],
    ['30d', 'month', 2, 2],
    ['90d', 'month', 4, 2],
    ['12m', 'day', 344, 1],
    ['12m', 'week', 50, 2],
    ['24h', 'day', 2, 2],
    ['24h', 'month', 1, 1],
  ] as const)('%s by the %s counts the same time: %i points', async (range, interval, count, calls) => {
    const { from } = await historyOf({ range })
    await use(5, new Date(Date.parse(from) - 1).toISOString())
    await use(10, from)
    await use(1, NOW)
    await wait({ minutes: 2 })
    const before = quantityCalls()
    const history = await historyOf({ range, interval })
    // By months to the day.
    const total = range === '24h' && interval === 'month' ? 16 : 11
    expect(history).toMatchObject({ interval, total })
    expect(history.points).toHaveLength(count)
    expect(quantityCalls() - before).toBe(calls)
  })

  it('from and to are counted to the hour, whatever the interval', async () => {
    for (const [characters, timestamp] of [
      [1, '2026-01-05T09:59:59Z'],
      [10, '2026-01-05T10:00:00Z'],
      [100, '2026-01-06T00:00:00Z'],
      [1_000, '2026-01-07T15:59:59Z'],
      [10_000, '2026-01-07T16:00:00Z'],
    ] as const)
      await use(characters, timestamp)
    const asked = { from: '2026-01-05T10:20:00Z', to: '2026-01-07T15:20:00Z' }
    const history = await historyOf({ ...asked, interval: 'day' })
    expect(history).toMatchObject({
      from: '2026-01-05T10:00:00.000Z',
      to: '2026-01-07T16:00:00.000Z',
      total: 1_110,
      points: [
        { at: '2026-01-05T00:00:00.000Z', used: 10 },
        { at: '2026-01-06T00:00:00.000Z', used: 100 },
        { at: '2026-01-07T00:00:00.000Z', used: 1_000 },
      ],
    })
    for (const interval of ['hour', 'week'] as const)
      expect(await historyOf({ ...asked, interval })).toMatchObject({ total: 1_110, to: history.to })
    expect(await historyOf({ ...asked, interval: 'month' })).toMatchObject({
      from: '2026-01-05T00:00:00.000Z',
      to: '2026-01-08T00:00:00.000Z',
      total: 11_111,
      points: [{ at: '2026-01-01T00:00:00.000Z', used: 11_111 }],
    })
  })

  it('ends that are those of intervals take one call, and the moment of the end is not in it', async () => {
    await use(1, '2026-01-07T00:00:00Z')
    await use(10, '2026-01-06T23:59:59.999Z')
    const history = await historyOf({
      from: '2026-01-05T00:00:00Z',
      to: '2026-01-07T00:00:00Z',
      interval: 'day',
    })
    expect(history).toMatchObject({ to: '2026-01-07T00:00:00.000Z', total: 10 })
    expect(history.points).toHaveLength(2)
    expect(quantityCalls()).toBe(1)
  })

  it('dates may name another time zone; the intervals are those of UTC', async () => {
    const history = await historyOf({
      from: '2026-01-05T00:00:00+02:00',
      to: '2026-01-06T00:00:00+02:00',
      interval: 'hour',
    })
    expect(ends(history)).toEqual(['2026-01-04T22:00:00.000Z', '2026-01-05T21:00:00.000Z'])
  })

  it.each([
    ['2026-01-08T13:00:00Z', 'hour'],
    ['2026-01-08T11:00:00Z', 'day'],
    ['2025-10-13T00:00:00Z', 'day'],
    ['2025-10-11T00:00:00Z', 'month'],
    ['2023-01-01T00:00:00Z', 'month'],
  ])('from %s until now: by the %s', async (from, interval) => {
    expect(await historyOf({ from })).toMatchObject({ interval, to: NOW })
  })

  it('a `to` in the future counts as now', async () => {
    await use(5, NOW)
    expect(await historyOf({ from: '2026-01-10T00:00:00Z', to: '2026-01-10T23:59:59Z' })).toMatchObject({
      to: NOW,
      total: 5,
    })
  })

  it('weeks begin on Monday', async () => {
    const history = await historyOf({ from: '2025-12-29T00:00:00Z', interval: 'week' })
    expect(history.points.map(({ at }) => at)).toEqual([
      '2025-12-29T00:00:00.000Z',
      '2026-01-05T00:00:00.000Z',
    ])
  })

  it.each([
    ['2026-01-03T12:00:00Z', 'hour'],
    ['2026-01-03T12:30:00Z', 'hour'],
    ['2025-01-09T12:00:00Z', 'day'],
    ['2025-01-09T23:30:00Z', 'day'],
    ['2025-01-04T12:00:00Z', 'week'],
    ['2023-01-01T00:00:00Z', 'month'],
  ] as const)('as far as Polar goes: from %s by the %s', async (from, interval) => {
    await historyOf({ from, interval })
    // As long, ending in the middle of an interval, long ago.
    const to = new Date(Date.parse(NOW) - 86_400_000 - 1).toISOString()
    await historyOf({
      from: new Date(Math.max(Date.parse(from) - 86_400_000, Date.UTC(2023, 0, 1))).toISOString(),
      to,
      interval,
    })
  })
})

describe('bad questions', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['an unknown meter', { meter: 'gold' }, /no such meter.*: characters, requests\./],
    ['no name', { meter: '' }, /no such meter/],
    ['a name that every object has', { meter: 'constructor' }, /no such meter/],
    ['another one', { meter: '__proto__' }, /no such meter/],
    ['a gauge', { meter: 'databases' }, /"databases" has no history.*characters, requests/],
    ['range and from', { range: '7d', from: '2026-01-01T00:00:00Z' }, /`range` or `from`/],
    ['range and to', { range: 'period', to: '2026-01-01T00:00:00Z' }, /`range` or `from`/],
    ['to alone', { to: '2026-01-01T00:00:00Z' }, /needs a `from`/],
    ['from after to', { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, /before `to`/],
    ['from at to', { from: '2026-01-02T00:00:00Z', to: '2026-01-02T00:00:00Z' }, /before `to`/],
    ['from in the future', { from: '2026-01-10T12:00:01Z' }, /in the past/],
    ['before all', { from: '2022-12-31T23:59:59Z' }, /2023-01-01/],
    ['a very old one', { from: '0000-01-01T00:00:00Z' }, /2023-01-01/],
    ['30 days by the hour', { range: '30d', interval: 'hour' }, /at most 7 days.*day or week or month/],
    ['8 days by the hour', { from: '2026-01-02T11:59:59Z', interval: 'hour' }, /at most 7 days.*day or week/],
    [
      'a year by the day',
      { from: '2025-01-09T11:59:59Z', interval: 'day' },
      /at most 366 days.*week or month/,
    ],
    [
      'a year by the week',
      { from: '2025-01-04T11:59:59Z', interval: 'week' },
      /at most 371 days.*interval month/,
    ],
    ['no such range', { range: '1y' }, /"24h"/],
    ['no such interval', { interval: 'minute' }, /"hour"/],
    ['no date', { from: 'yesterday' }, /`from`/],
    ['a date without a zone', { from: '2026-01-01T00:00:00' }, /`from`/],
    ['a day that there is not', { from: '2025-02-30T00:00:00Z' }, /`from`/],
    ['something smuggled', { organizationId: 'victim' }, /organizationId/],
  ])('%s: BAD_REQUEST that says so, and nobody is asked', async (_name, input, message) => {
    const { status, body } = await ask(input)
    expect(status).toBe(400)
    expect(body.error).toMatchObject({ code: 'BAD_REQUEST', message: expect.stringMatching(message) })
    expect(running.polarCalls).toEqual([])
  })

  it('more than four years', async () => {
    await wait({ days: 500 })
    const { status, body } = await ask({ from: '2023-01-01T00:00:00Z' })
    expect(status).toBe(400)
    expect(body.error.message).toMatch(/at most 4 years.*ask for a shorter time/)
  })

  it('the meter has to be named', async () => {
    const { status, body } = await running.as('acme').get('/usage/history')
    expect(status).toBe(400)
    expect(body.error.message).toContain('`meter`')
  })

  it('a long period cannot be had by the hour; a short one can', async () => {
    expect((await ask({ interval: 'hour' })).status).toBe(400)
    await buyPro(running, 'acme')
    expect((await ask({ interval: 'hour' })).status).toBe(200)
    await wait({ days: 8 })
    expect((await ask({ interval: 'hour' })).status).toBe(400)
  })

  it('a meter that Polar does not have is our fault, not 0', async () => {
    const lacking = await startBilling({ billing: { meters: { characters: crypto.randomUUID() } } })
    const { status, body } = await lacking.as('acme').get('/usage/history?meter=characters')
    expect(status).toBe(500)
    expect(body.error.code).toBe('INTERNAL_SERVER_ERROR')
    await lacking.close()
  })
})

describe('what is known', () => {
  it('the same question costs no call for a minute', async () => {
    await historyOf({ range: '7d' })
    const before = running.polarCalls.length
    await use(5, NOW)
    await wait({ seconds: 30 })
    await Promise.all(Array.from({ length: 5 }, () => historyOf({ range: '7d' })))
    expect(await historyOf({ range: '7d' })).toMatchObject({ total: 0, generatedAt: NOW })
    expect(quantityCalls()).toBe(1)
    await wait({ seconds: 31 })
    expect(await historyOf({ range: '7d' })).toMatchObject({ total: 5, to: '2026-01-10T12:01:01.000Z' })
    expect(running.polarCalls.length).toBeGreaterThan(before)
  })

  it('another question, and another organization, have an answer of their own', async () => {
    await use(5, NOW, 'other')
    expect(await historyOf({ range: '7d' })).toMatchObject({ total: 0 })
    expect(await historyOf({ range: '7d' }, 'other')).toMatchObject({ total: 5 })
    expect(await historyOf({ range: '24h' }, 'other')).toMatchObject({ total: 5, interval: 'hour' })
    expect(await historyOf({ range: '24h', meter: 'requests' }, 'other')).toMatchObject({ total: 0 })
  })

  it('Polar down: the last known count, marked as stale and with its time', async () => {
    await use(5, NOW)
    const known = await historyOf({ range: '7d' })
    running.emulator.controls.takeDown()
    await wait({ days: 1 })
    expect(await historyOf({ range: '7d' })).toEqual({ ...known, stale: true })
    expect(known).toMatchObject({ total: 5, generatedAt: NOW })
  })

  it('Polar down and nothing known: SERVICE_UNAVAILABLE, and not 0', async () => {
    await historyOf({ range: '7d' })
    running.emulator.controls.takeDown()
    for (const answer of [await ask({ range: '30d' }), await ask({ range: '7d' }, 'unknown')]) {
      expect(answer.status).toBe(503)
      expect(answer.body.error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfter: expect.any(Number) })
    }
  })

  it('a period that is over does not stand in for the running one', async () => {
    await use(5, NOW)
    expect(await historyOf()).toMatchObject({ total: 5 })
    running.emulator.controls.takeDown()
    await wait({ to: '2026-02-01T00:00:01Z' })
    expect((await ask()).status).toBe(503)
  })

  it('a subscription’s period that ended while Polar is away is shown to its end', async () => {
    await buyPro(running, 'acme')
    await running.as('acme').get('/status')
    const path = '/subscriptions/'
    running.emulator.controls.addFault({ path, status: 503 })
    await wait({ days: 40 })
    expect(await historyOf()).toMatchObject({ to: '2026-02-10T12:00:00.000Z', stale: true })
  })

  it('one organization cannot use up what all share', async () => {
    const since = (minute: number) => ({ from: new Date(Date.UTC(2026, 0, 9, 0, minute)).toISOString() })
    for (let minute = 0; minute < 60; minute += 1) await historyOf(since(minute))
    const before = running.polarCalls.length
    const { status, body } = await ask(since(60))
    expect(status).toBe(429)
    expect(body.error).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfter: expect.any(Number) })
    expect(running.polarCalls).toHaveLength(before)
    // What is known is there all the same.
    expect(await historyOf(since(0))).toMatchObject({ stale: false })
    await historyOf({}, 'other')
  })

  it('what takes several calls is not begun without room for all of them', async () => {
    const busy = await startBilling({ callsPerMinute: 10 })
    const history = (query: string) => busy.as('acme').get(`/usage/history?meter=requests&${query}`)
    await busy.as('acme').get('/usage')
    // Two of the eight that are for reads are left.
    while (busy.polarCalls.length < 6) await busy.as('acme').get('/orders')
    const before = busy.polarCalls.length
    expect((await history('from=2026-01-01T05:00:00Z&to=2026-01-05T05:00:00Z&interval=day')).status).toBe(503)
    expect(busy.polarCalls).toHaveLength(before)
    // A refusal holds for a moment.
    await expect.poll(async () => (await history('range=7d')).status).toBe(200)
    await busy.close()
  })

  it('usage that is pending is not in it', async () => {
    running.emulator.controls.addFault({ path: '/events/ingest', status: 503 })
    await generate(running, 'acme', 300)
    expect(await charactersOf(running, 'acme')).toMatchObject({ pending: 300 })
    expect(await historyOf()).toMatchObject({ total: 0 })
  })
})
