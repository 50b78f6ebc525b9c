import { Client, Pool, type PoolConfig } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectDatabase } from '../../../src/server/database/connectDatabase.js'
import { migrate } from '../../../src/server/database/migrate.js'
import type { PostgresClient, PostgresPool } from '../../../src/server/database/postgresPool.js'
import { databaseSuite } from './databaseSuite.js'
import { type RunningPostgres, startPostgres } from './startPostgres.js'

let postgres: RunningPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

databaseSuite('Postgres', async () => {
  const connectionString = await postgres.createDatabase()
  const pools: Pool[] = []
  return {
    connect: () => {
      const pool = new Pool({ connectionString, max: 4 })
      pools.push(pool)
      return connectDatabase(pool)
    },
    close: async () => {
      await Promise.all(pools.map((pool) => pool.end()))
    },
  }
})

describe('a pool', () => {
  const pools: Pool[] = []
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.end()))
  })

  async function openPool(config: PoolConfig = {}): Promise<Pool> {
    const pool = new Pool({ connectionString: await postgres.createDatabase(), max: 3, ...config })
    pools.push(pool)
    return pool
  }

  /** Ends all other connections to the pool's database, as a restart or a failover does. */
  const cutOthers = (pool: Pool): Promise<unknown> =>
    pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )

  it('behavior: every transaction gives its connection back', async () => {
    const pool = await openPool({ max: 1 })
    const database = connectDatabase(pool)
    const failures = [
      () => Promise.reject(new Error('mine')),
      (tx: { query(sql: string): Promise<unknown> }) => tx.query('no'),
      (tx: { query(sql: string): Promise<unknown> }) =>
        tx.query('select * from nowhere').catch(() => undefined),
    ]
    for (const failure of failures) await expect(database.transaction(failure)).rejects.toThrow()
    expect([pool.totalCount, pool.idleCount]).toEqual([1, 1])
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
  })

  it('behavior: a transaction whose connection dies rejects, and the connection is not used again', async () => {
    const pool = await openPool()
    const database = connectDatabase(pool)
    const run = database.transaction(async (tx) => {
      await tx.query('create table lost (id int)')
      await cutOthers(pool)
      await tx.query('select 1')
    })
    await expect(run).rejects.toThrow()
    expect(await database.query(`select to_regclass('lost') is null as gone`)).toEqual([{ gone: true }])
    expect(pool.totalCount).toBe(pool.idleCount)
  })

  it('behavior: a connection that cannot roll back is closed, and the error of `run` comes out', async () => {
    const pool = await openPool()
    const stuck = standIn(pool, async () => {
      const client = await pool.connect()
      return standInClient(client, {
        query: (sql, params) =>
          sql === 'rollback' ? Promise.reject(new Error('timeout')) : client.query(sql, params),
      })
    })
    const run = connectDatabase(stuck).transaction(() => Promise.reject(new Error('mine')))
    await expect(run).rejects.toThrow('mine')
    expect(pool.totalCount).toBe(0)
  })

  it('behavior: connections that die unused are replaced, and end nothing', async () => {
    const pool = await openPool()
    const database = connectDatabase(pool)
    await Promise.all([database.query('select 1'), database.query('select 2')])
    expect(pool.totalCount).toBe(2)
    await cutOthers(pool)
    await expect.poll(() => pool.totalCount).toBe(1)
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
  })

  it('behavior: the app’s own listener stays the only one', async () => {
    const pool = await openPool()
    pool.on('error', () => undefined)
    connectDatabase(pool)
    connectDatabase(pool)
    expect(pool.listenerCount('error')).toBe(1)
  })

  it('listen: after its connection died it hears again, and says that it missed something', async () => {
    const pool = await openPool()
    const database = connectDatabase(pool)
    const heard: string[] = []
    const onReconnect = vi.fn<() => void>()
    const stop = await database.listen('polar_test', (payload) => heard.push(payload), onReconnect)
    await cutOthers(pool)
    await expect.poll(() => onReconnect.mock.calls.length).toBe(1)
    await database.query(`select pg_notify('polar_test', 'again')`)
    await expect.poll(() => heard).toEqual(['again'])
    await stop()
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0)
    expect(onReconnect).toHaveBeenCalledTimes(1)
  })

  it('listen: goes on trying while the server is away', async () => {
    const pool = await openPool()
    const connect = vi.fn<() => Promise<PostgresClient>>(() => pool.connect())
    const database = connectDatabase(standIn(pool, connect))
    const onReconnect = vi.fn<() => void>()
    const stop = await database.listen('polar_test', () => undefined, onReconnect)
    for (let failures = 0; failures < 3; failures += 1)
      connect.mockImplementationOnce(() => Promise.reject(new Error('away')))
    await cutOthers(pool)
    await expect.poll(() => onReconnect.mock.calls.length).toBe(1)
    expect(connect).toHaveBeenCalledTimes(5)
    await stop()
  })

  it('listen: stopped while it is reconnecting, it leaves nothing open', async () => {
    const pool = await openPool()
    const database = connectDatabase(pool)
    const onReconnect = vi.fn<() => void>()
    const stop = await database.listen('polar_test', () => undefined, onReconnect)
    const removed = new Promise((resolve) => {
      pool.once('remove', resolve)
    })
    await cutOthers(pool)
    await removed
    await stop()
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0)
    expect(onReconnect).not.toHaveBeenCalled()
  })

  it('listen: refuses where messages do not arrive, and keeps no connection', async () => {
    const pool = await openPool()
    // A pooler takes the LISTEN, and the messages go to whoever has the connection next.
    const pooler = standIn(pool, async () => {
      const client = await pool.connect()
      return standInClient(client, {
        on: (event: string, listener: (value: never) => void) =>
          event === 'notification' ? client : client.on(event as 'end', listener as () => void),
      })
    })
    await expect(connectDatabase(pooler).listen('polar_test', () => undefined)).rejects.toThrow(
      /cannot LISTEN \(a message that was sent to it did not arrive\.\).*PgBouncer.*Connect to Postgres itself/,
    )
    expect(pool.totalCount - pool.idleCount).toBe(0)
  })

  it('listen: refuses where there is no LISTEN', async () => {
    const pool = await openPool()
    const other = standIn(pool, async () =>
      standInClient(await pool.connect(), {
        query: () => Promise.reject(new Error('unimplemented: listen.')),
      }),
    )
    await expect(connectDatabase(other).listen('polar_test', () => undefined)).rejects.toThrow(
      /cannot LISTEN \(unimplemented: listen\.\) CockroachDB/,
    )
    expect(pool.totalCount - pool.idleCount).toBe(0)
  })

  it('listen: refuses to take the only connection', async () => {
    const pool = await openPool({ max: 1 })
    await expect(connectDatabase(pool).listen('polar_test', () => undefined)).rejects.toThrow(
      'at least two connections',
    )
    expect(pool.totalCount).toBe(0)
  })

  it('migrate: a role that may not create is enough once all is there', async () => {
    const pool = await openPool()
    await migrate(connectDatabase(pool))
    await pool.query(`
      create role app login password 'app';
      grant usage on schema polar_billing to app;
      grant select on polar_billing.migrations to app;
    `)
    const url = new URL(String(pool.options.connectionString))
    url.username = url.password = 'app'
    const limited = new Pool({ connectionString: url.href })
    pools.push(limited)
    expect(await migrate(connectDatabase(limited))).toEqual([])
  })
})

/** A pool over the real one whose connections differ. */
function standIn(pool: Pool, connect: () => Promise<PostgresClient>): PostgresPool {
  return {
    query: (sql, params) => pool.query(sql, params),
    connect,
    totalCount: 0,
    options: pool.options,
    on: (event, listener) => pool.on(event, listener),
    listenerCount: (event) => pool.listenerCount(event),
  }
}

function standInClient(client: PostgresClient, differences: Partial<PostgresClient>): PostgresClient {
  return {
    query: (sql, params) => client.query(sql, params),
    on: client.on.bind(client),
    off: client.off.bind(client),
    release: (broken) => client.release(broken),
    ...differences,
  }
}

describe('connectDatabase', () => {
  it.each([
    [undefined],
    [null],
    ['postgres://localhost'],
    [{}],
    [new Client()],
    [{ query: () => undefined }],
  ])('parameters: %o is refused, with what to pass', (handle) => {
    expect(() => connectDatabase(handle as unknown as Pool)).toThrow(TypeError)
    expect(() => connectDatabase(handle as unknown as Pool)).toThrow(/Pool of `pg`.*PGlite of/)
  })
})
