import type { Database, Queryable } from './database.js'
import { folderOf } from './folderLock.js'
import { shareFolderLock } from './sharedFolderLock.js'

/** What the kit uses of a PGlite, named by its shape, so that the package is the app's dependency alone. */
export interface PGliteHandle {
  readonly dataDir?: string
  query(sql: string, params?: unknown[]): Promise<{ rows: unknown[] }>
  exec(sql: string): Promise<{ rows: unknown[] }[]>
  transaction<T>(run: (tx: Pick<PGliteHandle, 'query' | 'exec'>) => Promise<T>): Promise<T>
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>
}

/**
 * A database in this process: in memory or in a folder. Hand a PGlite over as soon as it is made, and end the process if it is
 * refused: it opens its folder a moment later, whoever has it, and cannot be held back.
 *
 * @throws Error if somebody else has the folder
 */
export function fromPGlite(pglite: PGliteHandle): Database {
  const folder = folderOf(pglite.dataDir)
  const unlock = folder === null ? () => undefined : shareFolderLock(pglite, folder)
  return {
    kind: 'pglite',
    query: queryOf(pglite),
    // In a transaction: after a statement that failed between a `begin` and a `commit`, the one connection would refuse everybody's.
    exec: async <Row>(sql: string) =>
      (await pglite.transaction((tx) => tx.exec(sql))).flatMap(({ rows }) => rows as Row[]),
    transaction: (run) => pglite.transaction((tx) => run({ query: queryOf(tx) })),
    // Its connection is this process: it cannot be lost and come back.
    listen: (channel, onMessage) => pglite.listen(channel, onMessage),
    close: unlock,
  }
}

function queryOf(source: Pick<PGliteHandle, 'query'>): Queryable['query'] {
  return async <Row>(sql: string, params: readonly unknown[] = []) =>
    (await source.query(sql, [...params])).rows as Row[]
}
