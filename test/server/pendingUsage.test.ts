import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutgoingUsage, ProviderMeter } from '../../src/server/provider.js'
import { type Count, createPendingUsage } from '../../src/server/usage/pendingUsage.js'
import type { AcceptedUsage } from '../../src/server/usage/recentUsage.js'
import { type Running, startBilling } from './startBilling.js'
import { arrived, buyPro, charactersOf, generate, loseNextAnswer } from './usageCalls.js'

let running: Running
/** Another server on the same Polar, which soon loses its patience. */
let other: Running
beforeEach(async () => {
  running = await startBilling()
  const { url, emulator, products } = running
  other = await startBilling({
    billing: {
      now: emulator.now,
      products: { pro: products['pro'] ?? '' },
      polar: { accessToken: 'polar_oat_test', baseUrl: `${url}/polar`, timeout: 0.5 },
    },
  })
})
afterEach(async () => {
  await other.close()
  await running.close()
})

const wait = (seconds: number) => running.emulator.controls.advanceClock({ seconds })

describe.each(['free', 'pro'])('pending usage of a customer with plan %s', (plan) => {
  beforeEach(async () => {
    if (plan === 'pro') await buyPro(running, 'acme')
    await wait(1)
  })

  it('an event is not counted twice for long if its answer got lost', async () => {
    await charactersOf(other, 'acme')
    loseNextAnswer(running)
    await generate(other, 'acme', 300)
    await other.billing.usage.flush().catch(() => undefined)
    expect(arrived(running)).toHaveLength(1)
    await wait(31)
    // Whether this holds the event nobody can know.
    await charactersOf(other, 'acme')
    await wait(31)
    await other.billing.usage.flush()
    await wait(31)
    expect(await charactersOf(other, 'acme')).toMatchObject({ used: 300, pending: 0 })
  })

  it('a rejected event is not pending any more', async () => {
    running.emulator.controls.addFault({ path: '/events/ingest', status: 503 })
    await generate(running, 'acme', 300)
    await expect(running.billing.usage.flush()).rejects.toThrow()
    expect(await charactersOf(running, 'acme')).toMatchObject({ used: 0, pending: 300 })
    running.emulator.controls.clearFaults()
    running.emulator.controls.addFault({ path: '/events/ingest', status: 422, times: 1 })
    await running.billing.usage.flush()
    expect(await charactersOf(running, 'acme')).toMatchObject({ used: 0, pending: 0 })
  })

  it('a repeated key is not pending once the provider has said that it knows it', async () => {
    await generate(running, 'acme', 300, 'key')
    await running.billing.usage.flush()
    await wait(31)
    await generate(other, 'acme', 300, 'key')
    // Whether the event is still on its way here depends on the machine: it may be shown, and must not stay.
    await charactersOf(other, 'acme')
    await other.billing.usage.flush()
    expect(await charactersOf(other, 'acme')).toMatchObject({ used: 300, pending: 0 })
  })
})

it('what arrived at a try whose answer got lost is pending until it is counted', async () => {
  await buyPro(running, 'acme')
  await wait(1)
  loseNextAnswer(running)
  await generate(other, 'acme', 300)
  await other.billing.usage.flush().catch(() => undefined)
  await other.billing.usage.flush()
  expect(await charactersOf(other, 'acme')).toMatchObject({ used: 0, pending: 300 })
})

describe('the sum of the provider’s count and what it may lack', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 0, 10, 12, 0, second))
  const meter: ProviderMeter = { id: 'meter', name: 'Requests', rule: {} }
  const event: OutgoingUsage = {
    id: '1',
    organizationId: 'acme',
    name: 'request',
    metadata: {},
    timestamp: at(0).toISOString(),
  }
  const accepted: AcceptedUsage = { event, acceptedAt: at(1), sentAt: at(2), deliveredAt: null }
  const count = { used: 0, readAt: at(3), countedAt: at(5), periodStart: at(0) }
  const unitsOf = (usage: Partial<AcceptedUsage>, counted: Partial<Count> = {}) =>
    createPendingUsage({
      recentOf: async () => [{ ...accepted, ...usage }],
      unitsOf: () => 1,
      now: () => at(20),
    }).unitsOf('acme', meter, { ...count, ...counted })

  it.each([
    ['waits', { sentAt: null }, 1],
    ['is under way', {}, 1],
    ['was sent while the provider was being asked', { sentAt: at(4) }, 1],
    ['was acknowledged while the provider was being asked', { deliveredAt: at(4) }, 1],
    ['was acknowledged before', { deliveredAt: at(2) }, 0],
    ['was sent afterwards', { sentAt: at(6), deliveredAt: at(7) }, 1],
    ['is of another period', { acceptedAt: at(-1) }, 0],
  ])('an event that %s', async (_name, usage, units) => {
    expect(await unitsOf(usage)).toBe(units)
  })

  it('a counter that has not changed since lacks the event, however late it is read', async () => {
    expect(await unitsOf({ deliveredAt: at(6) }, { countedAt: at(1), readAt: at(10) })).toBe(1)
  })

  it('holds the event that was sent while the provider was being asked, once it is asked again', async () => {
    const own: AcceptedUsage = { ...accepted, sentAt: at(4) }
    const pending = createPendingUsage({ recentOf: async () => [own], unitsOf: () => 1, now: () => at(20) })
    await pending.unitsOf('acme', meter, { ...count, used: 1 })
    own.deliveredAt = at(6)
    expect(await pending.unitsOf('acme', meter, { ...count, used: 1, readAt: at(7), countedAt: at(8) })).toBe(
      0,
    )
  })
})
