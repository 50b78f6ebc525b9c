import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { BillingEvent } from 'polar-billing-kit/server'
import { type Running, startBilling } from './startBilling.js'

let running: Running | undefined
afterEach(async () => {
  await running?.close()
  running = undefined
  vi.restoreAllMocks()
})

describe('onEvent', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('log is full')
      },
    ],
    [
      'rejects',
      // What TypeScript takes for an `OnEvent` too.
      (): unknown => Promise.reject(new Error('log is full')),
    ],
  ])('a listener that %s breaks nothing, and the console says so', async (_name, onEvent) => {
    const complaints: string[] = []
    vi.spyOn(console, 'error').mockImplementation((line) => complaints.push(String(line)))
    running = await startBilling({ billing: { onEvent } })
    const own = running
    own.emulator.controls.purchase({ external_customer_id: 'org_1', product_id: own.products['pro'] ?? '' })
    await own.emulator.controls.settle()
    // The webhooks were taken, and a request that fails is answered as ever.
    const webhooks = own.emulator.controls.listWebhooks()
    expect(webhooks.every(({ succeeded }) => succeeded === true)).toBe(true)
    expect(await own.as('org_1').get('/status')).toMatchObject({ status: 200, body: { planType: 'pro' } })
    expect(await own.as(null).get('/status')).toMatchObject({ status: 401 })
    own.emulator.controls.takeDown()
    for (let call = 0; call < 6; call += 1) await own.as(`org_${call}`).get('/status')
    expect(await own.as('org_1').get('/status')).toMatchObject({ status: 200 })
    await own.billing.usage.track({ organizationId: 'org_1', name: 'tts_generation' })
    own.emulator.controls.clearFaults()
    await expect.poll(() => own.emulator.controls.listEvents().count).toBe(1)
    expect(complaints).toContain(
      '[polar-billing-kit] onEvent failed on "webhook_received": Error: log is full',
    )
  })

  it('every type of event is in the table for operators', () => {
    const types = Array.from(readFileSync('src/server/events.ts', 'utf8').matchAll(/^ .*type: '(\w+)'/gm))
    const table = readFileSync('docs/operations.md', 'utf8')
    expect(types.length).toBeGreaterThan(5)
    for (const [, type] of types) expect(table).toContain(`\n| \`${type}\` `)
  })

  it('every request is told once, with its operation, status and duration', async () => {
    running = await startBilling()
    await running.as('org_1').get('/status')
    await running.as(null).get('/usage')
    await running.as(null).get('/nothing')
    const handled = running.events.filter((event) => event.type === 'request_handled')
    expect(handled).toEqual([
      expect.objectContaining({ operation: 'getStatus', status: 200 }),
      expect.objectContaining({ operation: 'getUsage', status: 401 }),
      expect.objectContaining({ operation: null, status: 404 }),
    ])
    for (const { durationMs } of handled) expect(durationMs).toBeGreaterThanOrEqual(0)
    const failed = running.events.filter((event) => event.type === 'request_failed')
    expect(failed.map(({ requestId }) => requestId)).toEqual(
      handled.slice(1).map(({ requestId }) => requestId),
    )
  })

  it('usage that is refused as a whole is told each time, with when it goes again', async () => {
    running = await startBilling()
    running.emulator.controls.addFault({ path: '/events/ingest', status: 401 })
    await running.billing.usage.track({ organizationId: 'org_1', name: 'tts_generation' })
    const told = (): BillingEvent[] =>
      running?.events.filter(({ type }) => type === 'usage_delivery_failed') ?? []
    await expect.poll(told).not.toHaveLength(0)
    expect(told()[0]).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', retryInMs: expect.any(Number) })
  })
})
