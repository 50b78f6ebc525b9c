import { sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, describe, expect, it } from 'vitest'
import { type Running, listen, startEmulator } from './startEmulator.js'

const { pro } = sampleCatalog.products

describe('clock', () => {
  let running: Running
  afterEach(() => running.close())

  it('stands at each due time while it moves', async () => {
    running = await startEmulator()
    listen(running)
    running.emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
    await running.emulator.controls.advanceClock({ days: 100 })
    const renewals = running.receiver.received.filter(({ type }) => type === 'subscription.cycled')
    expect(renewals.map(({ body }) => (JSON.parse(body) as { timestamp: string }).timestamp)).toEqual([
      '2026-02-10T12:00:00Z',
      '2026-03-10T12:00:00Z',
      '2026-04-10T12:00:00Z',
    ])
  })

  it('takes milliseconds as a number', async () => {
    running = await startEmulator()
    await running.emulator.controls.advanceClock(1_500)
    expect(running.emulator.now().toISOString()).toBe('2026-01-10T12:00:01.500Z')
  })

  it('goes on with real time and delivers by itself when it is not frozen', async () => {
    running = await startEmulator({ now: () => new Date('2026-01-10T12:00:00Z'), frozen: false })
    listen(running)
    const { polar, receiver, emulator } = running
    await polar.customers.create({ email: 'a@example.com', external_id: 'org_1' })
    await expect.poll(() => receiver.types(), { timeout: 20_000 }).toContain('customer.created')
    const before = emulator.now().getTime()
    await expect.poll(() => emulator.now().getTime(), { timeout: 20_000 }).toBeGreaterThan(before)
  })

  it('starts at the real time unless told otherwise', async () => {
    running = await startEmulator({ now: () => new Date(), frozen: false })
    const away = Math.abs(running.emulator.now().getTime() - Date.now())
    expect(away).toBeLessThan(60_000)
    await expect(startEmulator({ now: 'yesterday' })).rejects.toThrow('not a date')
  })

  it('goes on from where it was moved to', async () => {
    running = await startEmulator({ frozen: false })
    const { emulator } = running
    await emulator.controls.advanceClock({ days: 10 })
    emulator.controls.freezeClock()
    const frozen = emulator.now().getTime()
    expect(frozen).toBeGreaterThanOrEqual(Date.parse('2026-01-20T12:00:00Z'))
    expect(emulator.now().getTime()).toBe(frozen)
    emulator.controls.unfreezeClock()
    expect(emulator.now().getTime()).toBeGreaterThanOrEqual(frozen)
  })

  it('settles without moving further than it must', async () => {
    running = await startEmulator()
    const { emulator } = running
    await emulator.controls.settle()
    expect(emulator.now().toISOString()).toBe('2026-01-10T12:00:00.000Z')
    emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
    const { now } = await emulator.controls.settle()
    // A second for the meters and the state that follow a purchase.
    expect(now).toBe('2026-01-10T12:00:01Z')
    await expect(emulator.controls.settle({ seconds: 40 * 86_400 })).rejects.toThrow('use advanceClock')
  })

  it('delivers nothing once it is closed', async () => {
    running = await startEmulator()
    listen(running)
    await running.polar.customers.create({ email: 'a@example.com' })
    running.emulator.close()
    await running.emulator.controls.advanceClock({ days: 1 })
    expect(running.receiver.received.length).toBeLessThanOrEqual(1)
  })
})
