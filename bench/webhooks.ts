import type { DatabaseHandle } from '../src/server/openDatabase.js'
import { sign } from '../test/server/signWebhook.js'
import { type Running, startBilling } from '../test/server/startBilling.js'
import { measure, perSecond, spread } from './measure.js'

const ORGANIZATIONS = 100

/** How many webhooks a second one process takes: signature, database and answer, without the network in between. */
export async function benchWebhooks(database: DatabaseHandle | undefined, count = 5_000): Promise<string> {
  const running = await startBilling({ billing: { database } })
  const { billing, url } = running
  const bodies = await realBodies(running)
  const { seconds, latencies } = await measure({ calls: count, callers: 20 }, async (index) => {
    const body = bodies[index % bodies.length] ?? ''
    const request = { method: 'POST', body, headers: sign(body) }
    const { status } = await billing.fetch(new Request(`${url}/api/billing/webhooks/polar`, request))
    if (status !== 202) throw new Error(`A webhook was answered with ${status}.`)
  })
  await running.close()
  return `${perSecond(count, seconds)} webhooks/s, ${spread(latencies)}`
}

/** What Polar sends when organizations buy, which somebody has asked about before. */
async function realBodies({ as, emulator, products }: Running): Promise<string[]> {
  for (let index = 0; index < ORGANIZATIONS; index += 1) {
    await as(`org_${index}`).get('/status')
    emulator.controls.purchase({
      external_customer_id: `org_${index}`,
      product_id: products['pro'] ?? '',
    })
  }
  await emulator.controls.settle()
  return emulator.controls.listWebhooks().map(({ payload }) => payload)
}
