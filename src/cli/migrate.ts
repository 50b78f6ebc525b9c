import { parseArgs } from 'node:util'
import { connectDatabase } from '../server/database/connectDatabase.js'
import type { Database } from '../server/database/database.js'
import { migrate as migrateDatabase } from '../server/database/migrate.js'
import { migrateJobs } from '../server/jobs/createBoss.js'

/** Makes or updates the tables of the kit, for deployments that do it before the app starts. */
export async function migrate(args: string[]): Promise<void> {
  try {
    await using opened = await open(readTarget(args))
    const applied = await migrateDatabase(opened.database)
    await migrateJobs(opened.database)
    for (const { version, name } of applied) console.log(`applied ${version}: ${name}`)
    if (applied.length === 0) console.log('nothing to do: the schema polar_billing is up to date')
  } catch (error) {
    console.error(`polar-billing-kit migrate: ${messageOf(error)}`)
    // At once: a PGlite that was refused must not go on opening its folder.
    process.exit(1)
  }
}

type Target = { url: string } | { folder: string }

// A URL holds a password, and arguments are seen by everybody on the machine: the environment is the better place.
function readTarget(args: string[]): Target {
  const { values } = parseArgs({
    args,
    options: { 'database-url': { type: 'string' }, folder: { type: 'string' } },
  })
  const { folder, 'database-url': url = folder === undefined ? process.env['DATABASE_URL'] : undefined } =
    values
  if (folder !== undefined && url !== undefined)
    throw new Error('--database-url and --folder name two databases.')
  if (folder) return { folder }
  if (url) return { url }
  throw new Error('which database? Give --database-url postgres://…, DATABASE_URL or --folder ./data.')
}

interface Opened extends AsyncDisposable {
  database: Database
}

function open(target: Target): Promise<Opened> {
  return 'folder' in target ? openFolder(target.folder) : openPostgres(target.url)
}

async function openPostgres(connectionString: string): Promise<Opened> {
  const { default: pg } = await load('pg', () => import('pg'))
  const pool = new pg.Pool({ connectionString, max: 1 })
  return { database: connectDatabase(pool), [Symbol.asyncDispose]: () => pool.end() }
}

async function openFolder(folder: string): Promise<Opened> {
  const { PGlite } = await load('@electric-sql/pglite', () => import('@electric-sql/pglite'))
  const pglite = new PGlite(folder)
  const database = connectDatabase(pglite)
  return {
    database,
    [Symbol.asyncDispose]: async () => {
      await pglite.close()
      database.close()
    },
  }
}

async function load<Module>(name: string, importIt: () => Promise<Module>): Promise<Module> {
  try {
    return await importIt()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new Error(`the package "${name}" is missing: npm install ${name}`, { cause: error })
  }
}

/** Node gives no message to the failure of a name with several addresses, such as localhost. */
function messageOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException
  // The command has named us already.
  return message.replace(/^polar-billing-kit: /, '') || code || String(error)
}
