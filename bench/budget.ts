import { PGlite } from '@electric-sql/pglite'
import { Pool } from 'pg'
import { connectDatabase } from '../src/server/database/connectDatabase.js'
import { migrate } from '../src/server/database/migrate.js'
import { createCounters } from '../src/server/limits/createCounters.js'
import { type DatabaseHandle, openDatabase } from '../src/server/openDatabase.js'
import { createCallBudget } from '../src/server/polar/callBudget.js'
import { startPostgres } from '../test/server/database/startPostgres.js'

// Prints what the budget adds to each call to Polar: npx tsx bench/budget.ts [calls]

const CALLS = Number(process.argv[2] ?? 2_000)

async function measure(name: string, handle: DatabaseHandle | undefined): Promise<void> {
  const database = handle && openDatabase(handle)
  if (handle !== undefined) await migrate(connectDatabase(handle))
  const budget = createCallBudget(
    { accessToken: 'polar_oat_bench', callsPerMinute: 10 * CALLS },
    {
      counters: createCounters(database),
      isShared: database !== undefined,
      now: () => new Date(),
      onEvent: () => undefined,
    },
  )
  const times: number[] = []
  for (let call = 0; call < CALLS; call += 1) {
    const start = performance.now()
    if ((await budget.take('read', 1)) !== null) throw new Error('The budget refused a call.')
    times.push(performance.now() - start)
  }
  const atOnce = performance.now()
  await Promise.all(Array.from({ length: CALLS }, () => budget.take('read', 1)))
  const rate = Math.round((CALLS / (performance.now() - atOnce)) * 1_000)
  console.log(
    `${name}: p50 ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms a call; ${rate.toLocaleString('en')}/s at once`,
  )
}

function quantile(times: readonly number[], share: number): string {
  const sorted = times.toSorted((a, b) => a - b)
  return (sorted[Math.floor(share * sorted.length)] ?? 0).toFixed(3)
}

await measure('memory', undefined)

const pglite = new PGlite()
await measure('PGlite, in memory', pglite)
await pglite.close()

const postgres = await startPostgres()
const pool = new Pool({ connectionString: await postgres.createDatabase() })
await measure('Postgres', pool)
await pool.end()
await postgres.stop()
