import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TransactionClient } from 'polar-billing-kit/server'
import { connectDatabase } from '../../src/server/database/connectDatabase.js'
import type { Database } from '../../src/server/database/database.js'
import type { DatabaseHandle } from '../../src/server/openDatabase.js'
import { createBilling } from 'polar-billing-kit/server'
import { createPolarProvider } from '../../src/server/polar/createPolarProvider.js'
import { claimDue } from '../../src/server/usage/usageClaims.js'
import { createPools } from './database/openPools.js'
import { startPostgres } from './database/startPostgres.js'
import { type Running, startBilling } from './startBilling.js'
import { arrived, charactersOf, generate, loseNextAnswer, sends } from './usageCalls.js'

interface Opened {
  /** What another process would pass. */
  connect(): DatabaseHandle
  /** Runs statements of the app's own, and commits unless they fail. */
  transaction(run: (client: TransactionClient) => Promise<void>): Promise<void>
  close(): Promise<void>
}

async function openPGlite(): Promise<Opened> {
  const pglite = new PGlite()
  return {
    connect: () => pglite,
    transaction: (run) => pglite.transaction(run),
    close: () => pglite.close(),
  }
}

async function openPostgres(): Promise<Opened> {
  const postgres = await startPostgres()
  const pools = createPools(await postgres.createDatabase())
  return {
    connect: pools.open,
    transaction: async (run) => {
      const client = await pools.open().connect()
      try {
        await client.query('begin')
        await run(client)
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw error
      } finally {
        client.release()
      }
    },
    close: async () => {
      await pools.end()
      await postgres.stop()
    },
  }
}

describe.each([
  ['PGlite', openPGlite],
  ['Postgres', openPostgres],
])('usage in %s', (_name, open) => {
  let opened: Opened
  let database: Database
  let first: Running
  let others: Running[] = []

  beforeAll(async () => {
    opened = await open()
    database = connectDatabase(opened.connect())
  })
  afterAll(() => opened.close())

  beforeEach(async () => {
    first = await startBilling({ billing: { database: opened.connect() } })
    await first.billing.migrate()
    await database.query('truncate polar_billing.usage_events')
  })
  afterEach(async () => {
    for (const other of others) await other.close()
    others = []
    await first.close()
  })

  /** Another process with the same database and the same Polar. */
  async function startAnother(): Promise<Running> {
    const another = await startBilling({
      billing: {
        database: opened.connect(),
        now: first.emulator.now,
        products: { pro: first.products['pro'] ?? '' },
        polar: { accessToken: 'polar_oat_test', baseUrl: `${first.url}/polar`, timeout: 2 },
      },
    })
    others.push(another)
    return another
  }

  const refuseUsage = (retryAfter = 1) =>
    first.emulator.controls.addFault({ path: '/events/ingest', status: 429, retryAfter })
  /** Polar answers again, and the time for which it asked to be left alone is over. */
  const serveAgain = async () => {
    first.emulator.controls.clearFaults()
    await first.emulator.controls.advanceClock({ seconds: 601 })
  }
  const endBackoff = () => database.query('update polar_billing.usage_events set next_attempt_at = now()')
  const stored = () =>
    database.query<{ state: string; rejection: string | null }>(
      `select case when rejected_at is not null then 'rejected' when delivered_at is not null then 'delivered'
         else 'waiting' end as state, rejection
       from polar_billing.usage_events order by accepted_at, id`,
    )

  it('is stored before Polar can be reached, and delivered by itself', async () => {
    refuseUsage()
    await generate(first, 'acme', 10)
    expect(await stored()).toMatchObject([{ state: 'waiting' }])
    await serveAgain()
    await expect.poll(() => arrived(first)).toHaveLength(1)
    await expect.poll(stored).toMatchObject([{ state: 'delivered' }])
  })

  it('what a process left behind is delivered by the one that starts next', async () => {
    refuseUsage()
    await generate(first, 'acme', 10)
    await first.billing.close()
    await serveAgain()
    await startAnother()
    await expect.poll(() => arrived(first)).toHaveLength(1)
  })

  it('behavior: an event whose process died while sending it is sent again and counted once', async () => {
    refuseUsage()
    await generate(first, 'acme', 10)
    await first.billing.close()
    await serveAgain()
    await endBackoff()
    const claimed = await claimDue(database, first.emulator.now())
    const polar = { accessToken: 'polar_oat_test', baseUrl: `${first.url}/polar` }
    await createPolarProvider(polar, { webhookSecrets: [], guard: (call) => call() }).sendUsage(
      claimed.map(({ event }) => event),
    )

    const other = await startAnother()
    expect(await other.billing.drain({ seconds: 10 })).toMatchObject({ delivered: 0, waiting: 1 })
    await endBackoff()
    expect(await other.billing.drain({ seconds: 10 })).toMatchObject({ delivered: 1, waiting: 0 })
    expect(arrived(first)).toHaveLength(1)
    expect(await stored()).toMatchObject([{ state: 'delivered' }])
  })

  it('behavior: an answer that got lost does not double what arrived', async () => {
    const hasty = await startAnother()
    loseNextAnswer(first)
    await generate(hasty, 'acme', 10)
    await hasty.billing.usage.flush().catch(() => undefined)
    await hasty.billing.usage.flush()
    expect(sends(first)).toBe(2)
    expect(arrived(first)).toHaveLength(1)
  })

  it('behavior: one event that Polar refuses is kept with the reason, the others arrive', async () => {
    await database.query(
      `insert into polar_billing.usage_events (id, organization_id, name, occurred_at, accepted_at)
       values ('bad', 'acme', $1, '2026-01-10T12:00:00Z', '2026-01-01T12:00:00Z')`,
      ['x'.repeat(129)],
    )
    await generate(first, 'acme', 10)
    await generate(first, 'acme', 20)
    await expect
      .poll(async () => (await stored()).map(({ state }) => state))
      .toEqual(['rejected', 'delivered', 'delivered'])
    expect((await stored())[0]?.rejection).toMatch(/name: .*128 characters/)
    expect(arrived(first)).toHaveLength(2)
    expect(first.events).toContainEqual(expect.objectContaining({ type: 'usage_rejected' }))
  })

  it('behavior: a 429 holds back its batch for as long as Polar asked', async () => {
    first.emulator.controls.addFault({ path: '/events/ingest', status: 429, retryAfter: 600 })
    await generate(first, 'acme', 10)
    await expect(first.billing.usage.flush()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect(
      await database.query(
        `select next_attempt_at > now() + interval '9 minutes' as later from polar_billing.usage_events`,
      ),
    ).toEqual([{ later: true }])
    await serveAgain()
    await first.billing.usage.flush()
    expect(arrived(first)).toHaveLength(1)
  })

  describe('in the app’s own transaction', () => {
    const event = { organizationId: 'acme', name: 'request' }

    it('what is rolled back was never there', async () => {
      const run = opened.transaction(async (client) => {
        await first.billing.usage.track(event, { client })
        await first.billing.usage.trackMany([event, event], { client })
        throw new Error('mine')
      })
      await expect(run).rejects.toThrow('mine')
      await first.billing.usage.flush()
      expect(await stored()).toEqual([])
      expect(arrived(first)).toEqual([])
    })

    it('what is committed arrives by itself', async () => {
      await opened.transaction((client) => first.billing.usage.track(event, { client }))
      expect(await stored()).toHaveLength(1)
      await expect.poll(() => arrived(first)).toHaveLength(1)
    })
  })

  describe('trackMany', () => {
    const event = { organizationId: 'acme', name: 'request' }

    it('takes all', async () => {
      await first.billing.usage.trackMany(Array.from({ length: 1_500 }, () => event))
      await first.billing.usage.flush()
      expect(arrived(first)).toHaveLength(1_500)
      expect(sends(first)).toBe(2)
    })

    it('takes none if one is bad, and names it', async () => {
      const run = first.billing.usage.trackMany([event, event, { ...event, name: '' }])
      await expect(run).rejects.toMatchObject({
        code: 'BAD_REQUEST',
        message: expect.stringMatching(/^events\[2\]: .*name must have/),
      })
      expect(await stored()).toEqual([])
    })

    it('takes nothing without complaint', async () => {
      await first.billing.usage.trackMany([])
      expect(await stored()).toEqual([])
    })
  })

  it('one idempotency key counts once in an organization, and once in each', async () => {
    const other = await startAnother()
    await Promise.all([
      generate(first, 'one', 10, 'key'),
      generate(other, 'one', 10, 'key'),
      generate(other, 'two', 10, 'key'),
    ])
    await Promise.all([first.billing.usage.flush(), other.billing.usage.flush()])
    expect(arrived(first)).toHaveLength(2)
    expect(new Set(arrived(first).map(({ external_customer_id: id }) => id))).toEqual(new Set(['one', 'two']))
  })

  it('getUsage shows what waits in another process too', async () => {
    // Not 429, which would bar the other process from reading.
    first.emulator.controls.addFault({ path: '/events/ingest', status: 503 })
    await generate(first, 'acme', 300)
    const other = await startAnother()
    expect(await charactersOf(other, 'acme')).toMatchObject({ used: 0, pending: 300, remaining: 700 })
    await serveAgain()
    await first.billing.usage.flush()
    await first.emulator.controls.advanceClock({ seconds: 31 })
    expect(await charactersOf(other, 'acme')).toMatchObject({ used: 300, pending: 0 })
  })

  it('what Polar has had before is not pending', async () => {
    await generate(first, 'acme', 300, 'key')
    await first.billing.usage.flush()
    await first.emulator.controls.advanceClock({ minutes: 1 })
    await database.query('truncate polar_billing.usage_events')
    await generate(first, 'acme', 300, 'key')
    await first.billing.usage.flush()
    expect(await charactersOf(first, 'acme')).toMatchObject({ used: 300, pending: 0 })
  })

  it('drain says what it could not deliver', async () => {
    refuseUsage(600)
    await generate(first, 'acme', 10)
    await first.billing.close()
    const other = await startAnother()
    await endBackoff()
    expect(await other.billing.drain({ seconds: 10 })).toMatchObject({ delivered: 0, waiting: 1 })
    await serveAgain()
    await endBackoff()
    expect(await other.billing.drain({ seconds: 10 })).toMatchObject({ delivered: 1, waiting: 0 })
    expect(await other.billing.drain({ seconds: 0 })).toMatchObject({ delivered: 0, waiting: 0 })
  })

  it('delivered events are forgotten once no count can lack them, rejected ones later', async () => {
    await generate(first, 'acme', 10)
    first.emulator.controls.addFault({ path: '/events/ingest', status: 422, times: 1 })
    await first.billing.usage.flush()
    await first.emulator.controls.advanceClock({ hours: 4 })
    await generate(first, 'acme', 20)
    await first.billing.usage.flush()
    const after = async (): Promise<string[]> => {
      const process = await startAnother()
      await process.billing.drain({ seconds: 10 })
      return (await stored()).map(({ state }) => state)
    }
    expect(await after()).toEqual(['rejected', 'delivered'])
    await first.emulator.controls.advanceClock({ hours: 4 })
    expect(await after()).toEqual(['rejected'])
    await first.emulator.controls.advanceClock({ days: 8 })
    expect(await after()).toEqual([])
  })

  it('behavior: two processes deliver 2,000 events exactly once', async () => {
    const other = await startAnother()
    const keys = Array.from({ length: 1_200 }, (_, index) => index)
    // 400 of them are recorded by both.
    await Promise.all([
      ...keys.map((key) => generate(first, 'acme', 1, `key-${key}`)),
      ...keys.map((key) => generate(other, 'acme', 1, `key-${key + 800}`)),
    ])
    await Promise.all([first.billing.usage.flush(), other.billing.usage.flush()])
    expect(new Set(arrived(first).map(({ external_id: id }) => id)).size).toBe(2_000)
    expect(arrived(first)).toHaveLength(2_000)
    expect(await first.billing.drain({ seconds: 1 })).toMatchObject({ waiting: 0 })
  })
})

describe('processes that are killed', () => {
  it('lose nothing that was acknowledged, and double nothing', async () => {
    const postgres = await startPostgres()
    const connectionString = await postgres.createDatabase()
    const pools = createPools(connectionString)
    const pool = pools.open()
    const survivor = await startBilling({ billing: { database: pool } })
    await survivor.billing.migrate()
    const acknowledged = await Promise.all(
      ['a', 'b', 'c'].map((name) => killAfter(1_000, [connectionString, `${survivor.url}/polar`, name])),
    )
    // As if the leases of the dead had ended.
    await pool.query('update polar_billing.usage_events set next_attempt_at = now()')
    await expect.poll(() => survivor.billing.drain({ seconds: 10 })).toMatchObject({ waiting: 0 })

    const keys = arrived(survivor).map(({ metadata }) => metadata['key'])
    expect(new Set(keys).size).toBe(keys.length)
    expect(acknowledged.flat().filter((key) => !keys.includes(key))).toEqual([])
    await survivor.close()
    await pools.end()
    await postgres.stop()
  })
})

/** Gives the keys that a process saw acknowledged until it was killed, soon after it had so many. */
async function killAfter(count: number, args: string[]): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/server/trackUntilKilled.ts', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const keys: string[] = []
  for await (const key of createInterface(child.stdout)) if (keys.push(key) === count) child.kill('SIGKILL')
  return keys
}

describe('without its tables', () => {
  it('track says what to call', async () => {
    const pglite = new PGlite()
    const running = await startBilling()
    const billing = createBilling({ ...running.options, database: pglite })
    await expect(generate({ billing }, 'acme', 10)).rejects.toThrow('Call `await billing.migrate()`')
    await billing.migrate()
    await generate({ billing }, 'acme', 10)
    await billing.usage.flush()
    expect(arrived(running)).toHaveLength(1)
    await billing.close()
    await running.close()
    await pglite.close()
  })
})

describe('without a database', () => {
  let running: Running
  beforeEach(async () => {
    running = await startBilling()
  })
  afterEach(() => running.close())

  it('migrate and transactions are refused', async () => {
    await expect(running.billing.migrate()).rejects.toThrow('no `database`')
    const client = { query: async () => ({ rows: [] }) }
    await expect(
      running.billing.usage.track({ organizationId: 'acme', name: 'request' }, { client }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('drain delivers what is in memory', async () => {
    await generate(running, 'acme', 10)
    expect(await running.billing.drain({ seconds: 10 })).toMatchObject({ delivered: 1, waiting: 0 })
    running.emulator.controls.takeDown()
    await generate(running, 'acme', 20)
    expect(await running.billing.drain({ seconds: 10 })).toMatchObject({ delivered: 0, waiting: 1 })
    running.emulator.controls.clearFaults()
    await running.billing.usage.flush()
    expect(arrived(running)).toHaveLength(2)
  })
})
