import type { Database, Queryable } from './database.js'
import { listenOnPool } from './postgresListen.js'
import type { PostgresClient, PostgresPool } from './postgresPool.js'

/** A database behind a `pg` Pool. */
export function fromPool(pool: PostgresPool): Database {
  // A connection that dies while nobody uses it is replaced by the pool, but without a listener it would end the process.
  if (pool.listenerCount('error') === 0) pool.on('error', () => undefined)
  return {
    kind: 'postgres',
    query: queryOf(pool),
    exec: async <Row>(sql: string) =>
      // The driver gives one result for one statement, and a list for several.
      [await pool.query(sql)].flat().flatMap(({ rows }) => rows as Row[]),
    transaction: (run) => runTransaction(pool, run),
    listen: (channel, onMessage, onReconnect) => listenOnPool({ pool, channel, onMessage, onReconnect }),
    close: () => undefined,
  }
}

function queryOf(source: Pick<PostgresPool, 'query'>): Queryable['query'] {
  return async <Row>(sql: string, params: readonly unknown[] = []) =>
    (await source.query(sql, [...params])).rows as Row[]
}

async function runTransaction<T>(pool: PostgresPool, run: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  // A connection may break between two statements; outside the pool nobody else hears of it.
  let broken: Error | undefined
  const onError = (error: Error): void => {
    broken = error
  }
  client.on('error', onError)
  const tx = openTransaction(client)
  try {
    await client.query('begin isolation level read committed')
    const result = await run(tx)
    await commit(client)
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken ??= failure
    })
    throw error
  } finally {
    tx.end()
    client.off('error', onError)
    client.release(broken)
  }
}

/** Statements that nobody awaited must not run on a connection that has gone to somebody else. */
function openTransaction(client: PostgresClient): Queryable & { end: () => void } {
  const query = queryOf(client)
  let ended = false
  return {
    query: async (sql, params) => {
      if (ended)
        throw new Error('polar-billing-kit: this transaction has ended; it takes no more statements.')
      return query(sql, params)
    },
    end: () => {
      ended = true
    },
  }
}

// Postgres answers the commit of an aborted transaction by rolling it back, which is no error to the driver.
async function commit(client: PostgresClient): Promise<void> {
  const { command } = await client.query('commit')
  if (command === 'ROLLBACK')
    throw new Error('polar-billing-kit: the transaction was rolled back, because a statement in it failed.')
}
