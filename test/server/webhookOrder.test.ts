import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'
import { anyOrder } from './webhookOrders.js'
import { deliver, recordScenario, SCENARIOS, statusFaults } from './webhookScenarios.js'

const RUNS = 8

// Standing still, so that nothing is read again because it has grown old: only webhooks tell the server that something changed.
const now = (): Date => new Date('2026-01-10T12:00:00Z')

async function withBilling<T>(run: (running: Running) => Promise<T>): Promise<T> {
  const running = await startBilling({ billing: { now } })
  try {
    return await run(running)
  } finally {
    await running.close()
  }
}

describe('webhooks in any order, some of them twice, end in what is true at Polar', () => {
  it.each(Object.keys(SCENARIOS))(
    '%s',
    async (name) => {
      const { length } = await withBilling((running) => recordScenario(running, name))
      expect(length).toBeGreaterThan(0)
      const endsInTheTruth = (order: readonly number[]) =>
        withBilling(async (running) => {
          const webhooks = await recordScenario(running, name)
          await deliver(
            running,
            order.flatMap((index) => webhooks[index] ?? []),
          )
          await expect.poll(() => statusFaults(running)).toEqual([])
        })
      await fc.assert(fc.asyncProperty(anyOrder(length), endsInTheTruth), { numRuns: RUNS })
    },
    120_000,
  )

  it('without any of them, the server would not know yet', async () => {
    await withBilling(async (running) => {
      await recordScenario(running, 'a revocation')
      expect(await statusFaults(running)).not.toEqual([])
    })
  })
})
