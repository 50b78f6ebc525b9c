import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { databases, type OpenedDatabase } from './openDatabases.js'
import { type Running, startBilling } from './startBilling.js'
import { arrived } from './usageCalls.js'

const PAYERS = Array.from({ length: 4 }, (_, index) => `payer_${index}`)
const MINUTES = 10
/** Seconds between two looks of everybody. */
const STEP = 30

describe.each(databases)('Polar is down for ten minutes, on $name', ({ open }) => {
  let database: OpenedDatabase
  let running: Running
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    running = await startBilling({ billing: { database: database.connect() } })
    for (const external_customer_id of PAYERS)
      running.emulator.controls.purchase({ external_customer_id, product_id: running.products['pro'] ?? '' })
    await running.emulator.controls.settle()
    for (const id of PAYERS) await running.as(id).get('/status')
  })
  afterEach(() => running.close())

  /** The circuit tries whether Polar is back in real time, every 30 seconds at the latest. */
  const soon = { timeout: 60_000 }
  const statusOf = async (id: string) => (await running.as(id).get('/status')).body

  it('reads are answered as stale, usage is accepted, and afterwards everything is as if nothing had been', async () => {
    const { billing, emulator, polarCalls } = running
    emulator.controls.takeDown()
    const callsBefore = polarCalls.length
    let events = 0
    for (let passed = 0; passed < MINUTES * 60; passed += STEP) {
      await emulator.controls.advanceClock({ seconds: STEP })
      for (const organizationId of PAYERS) {
        expect(await statusOf(organizationId)).toMatchObject({
          status: 'active',
          isActive: true,
          planType: 'pro',
        })
        events += 1
        await billing.usage.track({ organizationId, name: 'request', metadata: { units: 1 } })
      }
    }
    expect(await statusOf('payer_0')).toMatchObject({ stale: true })
    // Everything that was read had grown old, and yet Polar was asked now and then alone.
    expect(polarCalls.length - callsBefore).toBeLessThan(events)
    expect(arrived(running)).toEqual([])

    emulator.controls.clearFaults()
    await expect.poll(() => billing.usage.flush().then(() => arrived(running).length), soon).toBe(events)
    await emulator.controls.advanceClock({ minutes: 1 })
    for (const id of PAYERS)
      await expect.poll(() => statusOf(id), soon).toMatchObject({ status: 'active', stale: false })
  }, 150_000)
})
