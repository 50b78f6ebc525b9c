import { PGlite } from '@electric-sql/pglite'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'

let running: Running
beforeEach(async () => {
  running = await startBilling()
})
afterEach(() => running.close())

interface Order {
  organizationId: string
  text: string
}

const generate = async ({ text }: Order, voice = 'ada') => ({ id: `${voice}-1`, audio: text.toUpperCase() })
const eventOf = (audio: { id: string }, { organizationId, text }: Order) => ({
  organizationId,
  name: 'tts_generation',
  metadata: { characters: text.length },
  idempotencyKey: audio.id,
})
const order = { organizationId: 'acme', text: 'hello' }

async function arrived() {
  await running.billing.usage.flush()
  return running.emulator.controls.listEvents().events
}

describe('usage.metered', () => {
  it('records what a call used, and gives its result unchanged', async () => {
    const speak = running.billing.usage.metered(generate, eventOf)
    expectTypeOf(speak).toEqualTypeOf<
      (order: Order, voice?: string) => Promise<{ id: string; audio: string }>
    >()
    expect(await speak(order)).toEqual({ id: 'ada-1', audio: 'HELLO' })
    expect(await arrived()).toMatchObject([
      { name: 'tts_generation', external_customer_id: 'acme', metadata: { characters: 5 } },
    ])
  })

  it('counts a key once', async () => {
    const speak = running.billing.usage.metered(generate, eventOf)
    await Promise.all([speak(order), speak(order), speak(order, 'bob')])
    expect(await arrived()).toHaveLength(2)
  })

  it('wraps a function that is not async', async () => {
    const count = running.billing.usage.metered(
      (a: number, b: number) => a + b,
      (sum, a) => ({ organizationId: 'acme', name: 'request', metadata: { sum, a } }),
    )
    expectTypeOf(count).toEqualTypeOf<(a: number, b: number) => Promise<number>>()
    expect(await count(1, 2)).toBe(3)
    expect(await arrived()).toMatchObject([{ metadata: { sum: 3, a: 1 } }])
  })

  it('a call that fails, fails as it is and records nothing', async () => {
    const { metered } = running.billing.usage
    const event = () => ({ organizationId: 'acme', name: 'request' })
    const rejects = metered(async () => Promise.reject(new Error('no voice')), event)
    const throws = metered(() => {
      throw new Error('no voice')
    }, event)
    for (const speak of [rejects, throws]) await expect(speak()).rejects.toThrow('no voice')
    expect(await arrived()).toEqual([])
  })

  it('nothing to record is nothing recorded', async () => {
    const speak = running.billing.usage.metered(generate, () => null)
    await speak(order)
    expect(await arrived()).toEqual([])
    expect(running.events.map(({ type }) => type)).not.toContain('usage_lost')
  })

  it('usage that cannot be stored costs nobody the result, and is in the log as it was', async () => {
    const database = new PGlite()
    const own = await startBilling({ billing: { database } })
    const speak = own.billing.usage.metered(generate, eventOf)
    await database.close()
    expect(await speak(order)).toEqual({ id: 'ada-1', audio: 'HELLO' })
    expect(own.events).toContainEqual({
      type: 'usage_lost',
      event: eventOf({ id: 'ada-1' }, order),
      message: expect.stringContaining('closed'),
    })
    await own.close()
  })

  it('so does usage that is wrong, or cannot be told', async () => {
    const { metered } = running.billing.usage
    const wrong = metered(generate, () => ({ organizationId: 'acme', name: '' }))
    const unknown = metered(generate, () => {
      throw new Error('no length')
    })
    for (const speak of [wrong, unknown]) expect(await speak(order)).toHaveProperty('audio')
    expect(running.events.filter(({ type }) => type === 'usage_lost')).toMatchObject([
      { event: { organizationId: 'acme', name: '' }, message: expect.stringContaining('name must have') },
      { event: null, message: expect.stringContaining('no length') },
    ])
  })
})
