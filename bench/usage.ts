import { PGlite } from '@electric-sql/pglite'
import { Pool } from 'pg'
import type { DatabaseHandle } from '../src/server/openDatabase.js'
import { startPostgres } from '../test/server/database/startPostgres.js'
import { startBilling } from '../test/server/startBilling.js'

// Prints how many usage events a second one process accepts and delivers: npm run bench [events]

const EVENTS = Number(process.argv[2] ?? 10_000)
/** Requests of a server that track at the same time. */
const CALLERS = 100

async function measure(name: string, database: DatabaseHandle): Promise<void> {
  const { billing, close, emulator } = await startBilling({ billing: { database } })
  await billing.migrate()
  // Accepted alone first, so that delivery does not take its time.
  emulator.controls.addFault({ path: '/events/ingest', status: 503, retryAfter: 3_600 })
  let next = 0
  const call = async (): Promise<void> => {
    while ((next += 1) <= EVENTS)
      await billing.usage.track({ organizationId: 'acme', name: 'request', metadata: { units: 1 } })
  }
  const accepted = await secondsOf(() => Promise.all(Array.from({ length: CALLERS }, call)))
  emulator.controls.clearFaults()
  const delivered = await secondsOf(() => billing.usage.flush())
  console.log(`${name}: ${rate(accepted)} accepted/s, ${rate(delivered)} delivered/s`)
  if (emulator.controls.listEvents().events.length !== EVENTS) throw new Error('Events are missing.')
  await close()
}

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return (performance.now() - start) / 1_000
}

const rate = (seconds: number): string => Math.round(EVENTS / seconds).toLocaleString('en')

const pglite = new PGlite()
await measure('PGlite, in memory', pglite)
await pglite.close()

const postgres = await startPostgres()
const pool = new Pool({ connectionString: await postgres.createDatabase() })
await measure('Postgres, without fsync', pool)
await pool.end()
await postgres.stop()
