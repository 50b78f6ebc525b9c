import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'
import { arrived, charactersOf, generate } from './usageCalls.js'

let running: Running
beforeEach(async () => {
  running = await startBilling()
})
afterEach(() => running.close())

describe('usage.track', () => {
  const badEvents = {
    'an empty name': { name: '' },
    'a long name': { name: 'x'.repeat(129) },
    NaN: { metadata: { characters: Number.NaN } },
    'a nested value': { metadata: { characters: { count: 3 } as unknown as number } },
    'an empty string': { metadata: { voice: '' } },
    'a long key': { metadata: { ['x'.repeat(41)]: 1 } },
    'an invalid date': { timestamp: new Date('never') },
    'an organization with a slash': { organizationId: 'a/b' },
    'an organization that is a path': { organizationId: '..' },
  }
  it.each(Object.entries(badEvents))('refuses %s, and sends nothing', async (_name, fields) => {
    const event = { organizationId: 'acme', name: 'tts_generation', ...fields }
    await expect(running.billing.usage.track(event)).rejects.toMatchObject({
      name: 'BillingError',
      code: 'BAD_REQUEST',
    })
    await running.billing.usage.flush()
    expect(arrived(running)).toEqual([])
  })

  it('one idempotency key counts once, for one organization and name', async () => {
    await generate(running, 'one', 10, 'key')
    await generate(running, 'one', 10, 'key')
    await generate(running, 'two', 10, 'key')
    await running.billing.usage.track({ organizationId: 'one', name: 'request', idempotencyKey: 'key' })
    await running.billing.usage.flush()
    expect(arrived(running).map(({ external_customer_id: id, name }) => `${id} ${name}`)).toEqual([
      'one tts_generation',
      'two tts_generation',
      'one request',
    ])
    expect(await charactersOf(running, 'one')).toMatchObject({ pending: 10 })
  })

  it('without a key each call counts', async () => {
    await generate(running, 'acme', 10)
    await generate(running, 'acme', 10)
    await running.billing.usage.flush()
    expect(arrived(running)).toHaveLength(2)
  })

  it('a timestamp in the future becomes now', async () => {
    await running.billing.usage.track({
      organizationId: 'acme',
      name: 'request',
      timestamp: new Date('2030-01-01'),
    })
    await running.billing.usage.flush()
    expect(arrived(running)[0]?.timestamp).toMatch(/^2026-01-10T12:00:00/)
  })

  it('takes what the caller said, whatever it does with its object afterwards', async () => {
    const metadata = { characters: 1 }
    const tracked = running.billing.usage.track({ organizationId: 'acme', name: 'tts_generation', metadata })
    metadata.characters = 99
    await tracked
    metadata.characters = 999
    await running.billing.usage.flush()
    expect(arrived(running)[0]?.metadata).toEqual({ characters: 1 })
  })

  it('after close() refuses, since nothing would ever send it; what came before is delivered', async () => {
    await generate(running, 'acme', 10)
    await running.billing.close()
    expect(arrived(running)).toHaveLength(1)
    await expect(generate(running, 'acme', 20)).rejects.toMatchObject({
      name: 'BillingError',
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('after close()'),
    })
  })
})
