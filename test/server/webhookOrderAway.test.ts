import { PGlite } from '@electric-sql/pglite'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'
import { anyOrder } from './webhookOrders.js'
import { deliver, recordScenario, SCENARIOS, statusFaults } from './webhookScenarios.js'

const RUNS = 4

// Standing still, so that nothing is read again because it has grown old.
const now = (): Date => new Date('2026-01-10T12:00:00Z')

describe('Polar cannot be asked: webhooks in any order, some of them twice, end in what is true there', () => {
  let database: PGlite
  let organizations = 0
  beforeAll(() => {
    database = new PGlite()
  })
  afterAll(() => database.close())

  async function withBilling<T>(run: (running: Running, organizationId: string) => Promise<T>): Promise<T> {
    const running = await startBilling({ billing: { database, now } })
    try {
      return await run(running, `org_${(organizations += 1)}`)
    } finally {
      await running.close()
    }
  }

  it.each(Object.keys(SCENARIOS))(
    '%s',
    async (name) => {
      const { length } = await withBilling((running, id) => recordScenario(running, name, id))
      const endsInTheTruth = (order: readonly number[]) =>
        withBilling(async (running, id) => {
          const webhooks = await recordScenario(running, name, id)
          running.emulator.controls.takeDown()
          await deliver(
            running,
            order.flatMap((index) => webhooks[index] ?? []),
          )
          await expect.poll(() => statusFaults(running, id)).toEqual([])
        })
      await fc.assert(fc.asyncProperty(anyOrder(length), endsInTheTruth), { numRuns: RUNS })
    },
    120_000,
  )
})
