import type { DatabaseHandle } from '../src/server/openDatabase.js'
import { startBilling } from '../test/server/startBilling.js'
import { measure, perSecond, secondsOf } from './measure.js'

/** How many usage events a second one process accepts and delivers. */
export async function benchUsage(database: DatabaseHandle | undefined, count = 10_000): Promise<string> {
  const { billing, close, emulator } = await startBilling({ billing: { database } })
  // Accepted alone first, so that delivery does not take its time.
  emulator.controls.addFault({ path: '/events/ingest', status: 503, retryAfter: 3_600 })
  const accepted = await measure({ calls: count, callers: 100 }, () =>
    billing.usage.track({ organizationId: 'acme', name: 'request', metadata: { units: 1 } }),
  )
  emulator.controls.clearFaults()
  const delivered = await secondsOf(() => billing.usage.flush())
  if (emulator.controls.listEvents().events.length !== count) throw new Error('Events are missing.')
  await close()
  return `${perSecond(count, accepted.seconds)} events/s accepted, ${perSecond(count, delivered)} events/s delivered`
}
