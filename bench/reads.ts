import type { DatabaseHandle } from '../src/server/openDatabase.js'
import { sign } from '../test/server/signWebhook.js'
import { createRandom } from '../test/chaos/random.js'
import { type Running, startBilling } from '../test/server/startBilling.js'
import { measure, perSecond, spread } from './measure.js'

const ORGANIZATIONS = 200
/** A fifth of the organizations reads four fifths of the time. */
const BUSY = { organizations: 0.2, reads: 0.8 }
/** Reads are spread over ten minutes of the server's clock for each 10,000 of them. */
const READ_EVERY = 60
/** Something changes at Polar once in so many reads: four webhooks follow. */
const READS_BETWEEN_CHANGES = 200
const WEBHOOKS_OF_A_CHANGE = 4

/** How many status reads a second one process answers over HTTP, and what they cost in calls to Polar. */
export async function benchReads(database: DatabaseHandle | undefined, count = 10_000): Promise<string> {
  const start = Date.parse('2026-01-10T12:00:00Z')
  let reads = 0
  const now = (): Date => new Date(start + reads * READ_EVERY)
  // The server's minutes pass faster than those in which calls are counted: that limit would end most readings.
  const running = await startBilling({ billing: { database, now }, callsPerMinute: 100 * count })
  const { as, polarCalls } = running
  const random = createRandom(1)
  for (let index = 0; index < ORGANIZATIONS; index += 1) buy(running, index)
  await running.emulator.controls.settle()
  const callsBefore = polarCalls.length
  const { seconds, latencies } = await measure({ calls: count, callers: 20 }, async () => {
    reads += 1
    if (reads % READS_BETWEEN_CHANGES === 0) await change(running, random.integer(0, ORGANIZATIONS))
    const isBusy = random.happens(BUSY.reads)
    const first = isBusy ? 0 : ORGANIZATIONS * BUSY.organizations
    const end = isBusy ? ORGANIZATIONS * BUSY.organizations : ORGANIZATIONS
    const { status, body } = await as(`org_${random.integer(first, end)}`).get('/status')
    if (status !== 200 || body.status !== 'active' || body.stale)
      throw new Error(`A status was ${JSON.stringify(body)}.`)
  })
  const calls = Math.round(((polarCalls.length - callsBefore) / count) * 10_000)
  await running.close()
  return `${perSecond(count, seconds)} reads/s, ${spread(latencies)}, ${calls.toLocaleString('en')} calls to Polar per 10,000 reads`
}

function buy({ emulator, products }: Running, index: number): void {
  emulator.controls.purchase({
    external_customer_id: `org_${index}`,
    product_id: products[index % 2 === 0 ? 'pro' : 'team'] ?? '',
  })
}

/** As Polar announces it. */
async function change({ as }: Running, index: number): Promise<void> {
  const data = { status: 'active', customer: { external_id: `org_${index}` } }
  const body = JSON.stringify({ type: 'subscription.updated', timestamp: new Date().toISOString(), data })
  for (let count = 0; count < WEBHOOKS_OF_A_CHANGE; count += 1)
    await as(null).request('/webhooks/polar', { method: 'POST', body, headers: sign(body) })
}
