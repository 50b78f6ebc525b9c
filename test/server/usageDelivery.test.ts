import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPolarProvider } from '../../src/server/polar/createPolarProvider.js'
import { type Running, startBilling } from './startBilling.js'
import { arrived, generate, loseNextAnswer, sends } from './usageCalls.js'

let running: Running
beforeEach(async () => {
  running = await startBilling()
})
afterEach(() => running.close())

const rejections = () => running.events.filter(({ type }) => type === 'usage_rejected')

describe('usage on its way to the provider', () => {
  it('survives a provider that is down: nothing is lost, nothing doubled', async () => {
    running.emulator.controls.takeDown()
    await generate(running, 'acme', 10, 'a')
    await generate(running, 'acme', 20, 'b')
    await expect(running.billing.usage.flush()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    running.emulator.controls.clearFaults()
    await running.billing.usage.flush()
    expect(arrived(running).map(({ metadata }) => metadata['characters'])).toEqual([10, 20])
  })

  it('an answer that got lost does not double what arrived', async () => {
    const hasty = await startBilling({
      billing: { polar: { accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar`, timeout: 0.5 } },
    })
    loseNextAnswer(running)
    await generate(hasty, 'acme', 10)
    await hasty.billing.usage.flush().catch(() => undefined)
    expect(arrived(running)).toHaveLength(1)
    await hasty.billing.usage.flush()
    expect(sends(running)).toBe(2)
    expect(arrived(running)).toHaveLength(1)
    await hasty.close()
  })

  it('a clock ahead of the provider’s loses nothing: only the timestamp is given up', async () => {
    const { emulator } = running
    const ahead = await startBilling({ billing: { now: () => new Date(emulator.now().getTime() + 5_000) } })
    const event = { organizationId: 'acme', name: 'request' }
    await ahead.billing.usage.track({ ...event, timestamp: new Date('2026-01-09T12:00:00Z') })
    await ahead.billing.usage.track(event)
    await ahead.billing.usage.flush()
    expect(arrived(ahead).map(({ timestamp }) => Date.parse(timestamp))).toEqual(
      expect.arrayContaining([Date.parse('2026-01-09T12:00:00Z'), Date.parse('2026-01-10T12:00:00Z')]),
    )
    expect(ahead.events).not.toContainEqual(expect.objectContaining({ type: 'usage_rejected' }))
    await ahead.close()
  })

  it('an event that the provider names is rejected, the others of its batch arrive', async () => {
    const polar = { accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar` }
    const event = { organizationId: 'acme', metadata: {}, timestamp: '2026-01-10T12:00:00Z' }
    const receipt = await createPolarProvider(polar, []).sendUsage([
      { ...event, id: 'good', name: 'request' },
      { ...event, id: 'bad', name: 'x'.repeat(129), timestamp: '2026-01-10T12:00:05Z' },
    ])
    expect(arrived(running).map(({ name }) => name)).toEqual(['request'])
    expect([...receipt.rejected]).toEqual([
      ['bad', expect.stringMatching(/^body\.events\.1\.name: .*128 characters/)],
    ])
  })

  describe.each([413, 422])('%i for a whole batch', (status) => {
    beforeEach(() => {
      running.emulator.controls.addFault({ path: '/events/ingest', status, times: 1 })
    })

    it('it goes again in parts', async () => {
      for (const characters of [1, 2, 3]) await generate(running, 'acme', characters)
      await running.billing.usage.flush()
      expect(arrived(running)).toHaveLength(3)
      expect(sends(running)).toBe(3)
      expect(rejections()).toEqual([])
    })

    it('one event alone is rejected with the provider’s reason', async () => {
      await generate(running, 'acme', 10)
      await running.billing.usage.flush()
      expect(rejections()).toMatchObject([{ message: expect.stringContaining(`Polar answered ${status}`) }])
    })
  })

  it('401 rejects nothing: it is the configuration’s fault', async () => {
    running.emulator.controls.addFault({ path: '/events/ingest', status: 401 })
    await generate(running, 'acme', 10)
    await expect(running.billing.usage.flush()).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    running.emulator.controls.clearFaults()
    await running.billing.usage.flush()
    expect(arrived(running)).toHaveLength(1)
  })
})
