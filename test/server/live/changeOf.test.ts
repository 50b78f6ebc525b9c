import { describe, expect, it } from 'vitest'
import type { RefreshOutcome } from '../../../src/server/freshCache.js'
import { changeOfCustomer, changeOfPart } from '../../../src/server/live/changeOf.js'
import { isSameJson } from '../../../src/server/live/isSameJson.js'
import type { CustomerReading, ProviderSubscription } from '../../../src/server/provider.js'

const subscription = {
  id: 'sub_1',
  status: 'active',
  amount: 2_900,
  charges: [{ meterId: 'meter_1', amount: 0 }],
} as unknown as ProviderSubscription

const reading: CustomerReading = {
  customerId: 'cus_1',
  subscriptions: [subscription],
  counters: [{ meterId: 'meter_1', used: 1, credited: 0, countedAt: '2026-01-10T12:00:00Z' }],
}

const counted = (change: object): CustomerReading => ({
  ...reading,
  counters: reading.counters.map((counter) => ({ ...counter, ...change })),
})

const subscribed = (change: object): CustomerReading => ({
  ...reading,
  subscriptions: [{ ...subscription, ...change }],
})

const outcome = <Value>(change: Partial<RefreshOutcome<Value>>): RefreshOutcome<Value> => ({
  before: undefined,
  after: undefined,
  wasExpired: false,
  wasStale: false,
  isStale: false,
  ...change,
})

describe('changeOfCustomer', () => {
  it.each([
    ['the same', { after: structuredClone(reading) }, null],
    ['counted again, with the same sum', { after: counted({ countedAt: '2026-01-10T13:00:00Z' }) }, null],
    ['more used', { after: counted({ used: 2 }) }, 'usage'],
    [
      'the cost of what was used',
      { after: subscribed({ charges: [{ meterId: 'meter_1', amount: 1 }] }) },
      'usage',
    ],
    ['another status', { after: subscribed({ status: 'past_due' }) }, 'status'],
    [
      'both',
      { after: { ...subscribed({ status: 'past_due' }), ...counted({ used: 2 }), subscriptions: [] } },
      'status',
    ],
    ['no subscription any more', { after: { ...reading, subscriptions: [] } }, 'status'],
    ['read because something had changed', { after: reading, wasExpired: true }, 'status'],
    ['it turns stale', { after: reading, isStale: true }, 'status'],
    ['it stays stale', { after: reading, wasStale: true, isStale: true }, null],
    [
      'it stays stale, although something has changed',
      { after: reading, wasExpired: true, wasStale: true, isStale: true },
      null,
    ],
    ['it is no longer stale', { after: reading, wasStale: true }, 'status'],
    ['known for the first time', { before: undefined, after: reading }, null],
    ['known at last, after an error', { before: undefined, after: reading, wasStale: true }, 'status'],
    ['still unknown', { before: undefined, isStale: true }, null],
  ])('%s', (_name, change, changed) => {
    expect(changeOfCustomer(outcome<CustomerReading>({ before: reading, ...change }))).toBe(changed)
  })
})

it.each([
  ['the same', { after: 1 }, null],
  ['another one', { after: 2 }, 'usage'],
  ['another one, which the expiry has announced', { after: 2, wasExpired: true }, null],
  ['it turns stale', { after: 1, isStale: true }, 'usage'],
  ['known for the first time', { before: undefined, after: 1 }, null],
])('changeOfPart: %s', (_name, change, changed) => {
  expect(changeOfPart(outcome<number>({ before: 1, ...change }), 'usage')).toBe(changed)
})

it.each([
  [{ a: 1, b: { c: [1, null] } }, { b: { c: [1, null] }, a: 1 }, true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: null }, {}, false],
  [{ a: 0 }, { a: null }, false],
  [{ a: undefined }, { b: undefined }, true],
  [{ a: 1 }, { b: 1 }, false],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [[1], [1, 2], false],
  ['1', 1, false],
  [null, null, true],
])('isSameJson(%j, %j) is %s', (some, other, isSame) => {
  expect(isSameJson(some, other)).toBe(isSame)
  expect(isSameJson(other, some)).toBe(isSame)
})
