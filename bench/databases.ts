import { PGlite } from '@electric-sql/pglite'
import { Pool } from 'pg'
import type { DatabaseHandle } from '../src/server/openDatabase.js'
import { startPostgres } from '../test/server/database/startPostgres.js'

interface Opened {
  /** Absent: what is known stays in the process. */
  database: DatabaseHandle | undefined
  close(): Promise<void>
}

/** What a bench runs on, by the name that its line begins with. */
export const DATABASES: Readonly<Record<string, () => Promise<Opened>>> = {
  'no database': async () => ({ database: undefined, close: async () => undefined }),
  'PGlite, in memory': async () => {
    const pglite = new PGlite()
    return { database: pglite, close: () => pglite.close() }
  },
  'Postgres, without fsync': () => openPostgres(false),
  'Postgres, with fsync': () => openPostgres(true),
}

async function openPostgres(fsync: boolean): Promise<Opened> {
  const postgres = await startPostgres({ fsync })
  const pool = new Pool({ connectionString: await postgres.createDatabase() })
  return {
    database: pool,
    close: async () => {
      await pool.end()
      await postgres.stop()
    },
  }
}
