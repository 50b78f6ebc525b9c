import type { Database } from './database.js'
import { fromPGlite, type PGliteHandle } from './pglite.js'
import { fromPool } from './postgres.js'
import type { PostgresPool } from './postgresPool.js'

/** @throws TypeError for anything but a `pg` Pool or a PGlite; Error if the PGlite's folder belongs to somebody else */
export function connectDatabase(handle: PostgresPool | PGliteHandle): Database {
  if (hasMethods<PGliteHandle>(handle, ['query', 'exec', 'transaction', 'listen'])) return fromPGlite(handle)
  // A single client has the methods too, but cannot serve two requests at once.
  if (hasMethods<PostgresPool>(handle, ['query', 'connect', 'on']) && 'totalCount' in handle)
    return fromPool(handle)
  throw new TypeError(
    'polar-billing-kit: database must be a Pool of `pg` (new Pool({ connectionString })) or a PGlite of `@electric-sql/pglite` ' +
      '(new PGlite(folder)).',
  )
}

function hasMethods<T extends object>(handle: unknown, methods: (keyof T)[]): handle is T {
  if (typeof handle !== 'object' || handle === null) return false
  const owner = handle as Record<PropertyKey, unknown>
  return methods.every((method) => typeof owner[method] === 'function')
}
