import { PGlite } from '@electric-sql/pglite'
import { connectDatabase } from '../../../src/server/database/connectDatabase.js'
import { databaseSuite } from './databaseSuite.js'

databaseSuite('PGlite', async () => {
  const pglite = new PGlite()
  return { connect: () => connectDatabase(pglite), close: () => pglite.close() }
})
