import { PGlite } from '@electric-sql/pglite'
import { Pool } from 'pg'
import type { BillingOptions } from 'polar-billing-kit/server'
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
  const connectionString = await postgres.createDatabase()
  const pools: Pool[] = []
  const ends: Promise<void>[] = []
  return {
    connect: () => {
      // Many tests of a moment have one each.
      const pool = new Pool({ connectionString, max: 4, idleTimeoutMillis: 500 })
      pool.on('connect', (client) => {
        ends.push(new Promise((resolve) => void client.once('end', resolve)))
      })
      pools.push(pool)
      return pool
    },
    close: async () => {
      await Promise.all(pools.map((pool) => pool.end()))
      // A pool does not wait for its connections, and one that meets a server going down is an uncaught error.
      await Promise.all(ends)
      await postgres.stop()
    },
  }
}

/** For `describe.each`. */
export const databases = [
  { name: 'PGlite', open: openPGlite },
  { name: 'Postgres', open: openPostgres },
]
