import { PGlite } from '@electric-sql/pglite'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBilling } from './startBilling.js'
import { anyOrder, everyOrder } from './webhookOrders.js'
import { deliver, type RecordedWebhook, recordScenario, SCENARIOS, statusFaults } from './webhookScenarios.js'

const RUNS = 8
/** So many have 24 orders: all of them are tried. */
const FEW = 4

// Standing still, so that nothing is read again because it has grown old.
const now = (): Date => new Date('2026-01-10T12:00:00Z')

describe('Polar cannot be asked: webhooks in any order, some of them twice, end in what is true there', () => {
  let database: PGlite
  beforeAll(() => {
    database = new PGlite()
  })
  afterAll(() => database.close())

  /** What is known of the organization now: to forget, again and again, what webhooks have told since. */
  async function keepKnown(organizationId: string): Promise<() => Promise<void>> {
    const { rows } = await database.query('select * from polar_billing.snapshots where key = $1', [
      organizationId,
    ])
    return async () => {
      await database.query('delete from polar_billing.webhooks where organization_id = $1', [organizationId])
      await database.query('delete from polar_billing.snapshots where key = $1', [organizationId])
      await database.query(
        'insert into polar_billing.snapshots select * from jsonb_populate_recordset(null::polar_billing.snapshots, $1::jsonb)',
        [JSON.stringify(rows)],
      )
    }
  }

  /** Lets the scenario happen, and tries orders of its webhooks, each from what was known before. */
  async function check(
    name: string,
    minutesAroundReading: 0 | 1,
    tryOrders: (
      webhooks: RecordedWebhook[],
      endInTheTruth: (order: readonly RecordedWebhook[]) => Promise<void>,
    ) => Promise<void>,
  ): Promise<void> {
    const running = await startBilling({ billing: { database, now } })
    try {
      const organizationId = `${name}, ${minutesAroundReading} minutes`
      const webhooks = await recordScenario(running, name, { organizationId, minutesAroundReading })
      const forget = await keepKnown(organizationId)
      running.emulator.controls.takeDown()
      await tryOrders(webhooks, async (order) => {
        await forget()
        await deliver(running, order)
        expect(await statusFaults(running, organizationId)).toEqual([])
      })
    } finally {
      await running.close()
    }
  }

  describe.each([
    ['a minute after a reading', 1],
    ['at the very moment of a reading', 0],
  ] as const)('of what happened %s', (_when, minutesAroundReading) => {
    it.each(Object.keys(SCENARIOS))(
      '%s',
      (name) =>
        check(name, minutesAroundReading, async (webhooks, endInTheTruth) => {
          const property = fc.asyncProperty(anyOrder(webhooks.length), (order) =>
            endInTheTruth(order.flatMap((index) => webhooks[index] ?? [])),
          )
          await fc.assert(property, { numRuns: RUNS })
          const telling = webhooks.filter(({ type }) => /^(subscription|customer\.state_changed)/.test(type))
          if (telling.length <= FEW) for (const order of everyOrder(telling)) await endInTheTruth(order)
        }),
      120_000,
    )
  })
})
