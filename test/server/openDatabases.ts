import { PGlite } from '@electric-sql/pglite'
import type { BillingOptions } from 'polar-billing-kit/server'
import { createPools } from './database/openPools.js'
import { startPostgres } from './database/startPostgres.js'

export interface OpenedDatabase {
  /** What a process has of it: each one its own connections, where the database has several. */
  connect(): NonNullable<BillingOptions['database']>
  close(): Promise<void>
}

async function openPGlite(): Promise<OpenedDatabase> {
  const pglite = new PGlite()
  await pglite.waitReady
  return { connect: () => pglite, close: () => pglite.close() }
}

async function openPostgres(): Promise<OpenedDatabase> {
  const postgres = await startPostgres()
  const pools = createPools(await postgres.createDatabase())
  return {
    // Many tests of a moment have one each.
    connect: () => pools.open({ max: 4, idleTimeoutMillis: 500 }),
    close: async () => {
      await pools.end()
      await postgres.stop()
    },
  }
}

/** For `describe.each`. */
export const databases = [
  { name: 'PGlite', open: openPGlite },
  { name: 'Postgres', open: openPostgres },
]
