import type { Database, Queryable } from './database.js'
import { type Migration, MIGRATIONS } from './migrations.js'

/** Ours alone among the advisory locks of a database: "polar" in ASCII. */
const LOCK = 0x706f6c6172

/**
 * Brings the schema `polar_billing` to what this package needs and returns what it did. One transaction under one lock: any number of
 * processes may start at once, the first one migrates and the others find it done. If anything fails, nothing has happened.
 *
 * @throws Error if the database was migrated by a newer package
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Migration[]> {
  return database.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1::bigint)', [LOCK])
    await prepare(tx)
    const version = await currentVersion(tx)
    assertNotNewer(version, migrations.at(-1)?.version ?? 0)
    const missing = migrations.filter((migration) => migration.version > version)
    for (const migration of missing) await apply(tx, migration)
    return missing
  })
}

// `if not exists` demands the right to create even where all exists; an app's role may lack it once an admin has migrated.
async function prepare(tx: Queryable): Promise<void> {
  const [found] = await tx.query<{ schema: boolean; table: boolean }>(
    `select to_regnamespace('polar_billing') is not null as schema,
      to_regclass('polar_billing.migrations') is not null as table`,
  )
  if (found?.schema !== true) await tx.query('create schema polar_billing')
  if (found?.table !== true)
    await tx.query(`create table polar_billing.migrations (
      version int primary key,
      name text not null,
      applied_at timestamptz not null default now()
    )`)
}

async function currentVersion(tx: Queryable): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    'select coalesce(max(version), 0)::int as version from polar_billing.migrations',
  )
  return row?.version ?? 0
}

function assertNotNewer(version: number, known: number): void {
  if (version <= known) return
  throw new Error(
    `polar-billing-kit: the database is at version ${version} and this package knows version ${known}: a newer release of the ` +
      'package has migrated it. Update the package in this process.',
  )
}

async function apply(tx: Queryable, { version, name, statements }: Migration): Promise<void> {
  for (const statement of statements) await tx.query(statement)
  await tx.query('insert into polar_billing.migrations (version, name) values ($1, $2)', [version, name])
}
