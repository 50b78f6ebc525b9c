import type * as pgBoss from 'pg-boss'
import type { Clock, Db, PgBoss } from 'pg-boss'
import type { Database, Queryable } from '../database/database.js'
import { unref } from './alarm.js'
import { QUEUE_NAMES, QUEUES } from './queues.js'

const SCHEMA = 'polar_billing_jobs'

/**
 * The job queue on the app's own database. It is loaded here and nowhere else, when the first thing needs it: apps without a
 * database do not have it.
 *
 * @throws Error if pg-boss is not installed
 */
export async function createBoss(
  database: Database,
  options: { migrate: boolean; schedule: boolean },
): Promise<PgBoss> {
  const { PgBoss } = await loadPgBoss()
  return new PgBoss({
    ...options,
    supervise: options.schedule,
    schema: SCHEMA,
    backend: database.kind,
    db: { executeSql: (sql, params) => execute(database, sql, params) },
    clock: idleClock,
    // Its own checks of the server: PGlite has nothing that vacuums, and nobody who could change that.
    monitorVacuum: database.kind === 'postgres',
    reindex: database.kind === 'postgres',
    // Jobs that wait for other jobs, of which there are none here.
    flowIntervalSeconds: 3_600,
  })
}

/** For jobs that are to be part of a transaction. */
export function inTransaction(tx: Queryable): Db {
  return { executeSql: async (sql, params) => ({ rows: await tx.query(sql, params) }) }
}

/** Makes or updates the tables of the queue under a lock of its own, and what is known of the queues. */
export async function migrateJobs(database: Database): Promise<void> {
  // Who has waited for another process at that lock may still take the schema for missing, and fails: then all is there.
  await install(database).catch(() => install(database))
}

async function install(database: Database): Promise<void> {
  const boss = await createBoss(database, { migrate: true, schedule: false })
  boss.on('error', () => undefined)
  try {
    await boss.start()
    for (const name of QUEUE_NAMES) {
      const { options, schedule } = QUEUES[name]
      await boss.createQueue(name, options)
      if (schedule !== undefined) await boss.schedule(name, schedule.cron)
    }
  } finally {
    await boss.stop({ close: false, graceful: false })
  }
}

async function execute(
  database: Database,
  sql: string,
  params: unknown[] = [],
): Promise<{ rows: unknown[] }> {
  // Several statements can only be sent without values, and only then does pg-boss send several.
  return { rows: params.length > 0 ? await database.query(sql, params) : await database.exec(sql) }
}

async function loadPgBoss(): Promise<typeof pgBoss> {
  try {
    return await import('pg-boss')
  } catch (cause) {
    throw new Error(
      'polar-billing-kit: with a `database`, webhooks and background work run as jobs of the package "pg-boss", which could not be ' +
        'loaded: npm install pg-boss',
      { cause },
    )
  }
}

/** Its timers must not keep a script alive that has nothing else to do. */
const idleClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => unref(setTimeout(run, ms)),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  setInterval: (run, ms) => unref(setInterval(run, ms)),
  clearInterval: (timer) => clearInterval(timer as ReturnType<typeof setInterval>),
}
