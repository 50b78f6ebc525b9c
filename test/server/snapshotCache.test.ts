import { BillingError } from 'polar-billing-kit/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectDatabase } from '../../src/server/database/connectDatabase.js'
import type { Database } from '../../src/server/database/database.js'
import { migrate } from '../../src/server/database/migrate.js'
import { createSnapshotCache } from '../../src/server/snapshots/createSnapshotCache.js'
import { databases, type OpenedDatabase } from './openDatabases.js'

type Value = string | null

interface Read {
  resolve(value: Value): void
  reject(error: Error): void
}

describe.each(databases)('a cache that processes share, in $name', ({ open }) => {
  let opened: OpenedDatabase
  let database: Database
  beforeAll(async () => {
    opened = await open()
    database = connectDatabase(opened.connect())
    await migrate(database)
  })
  afterAll(() => opened.close())

  let kind = ''
  let now = new Date()
  /** What the provider was asked and has not answered yet, in order. */
  let reads: Read[] = []
  beforeEach(() => {
    kind = crypto.randomUUID()
    // It stands still unless a test moves it: what happens at one instant has an order all the same.
    now = new Date('2026-01-10T12:00:00.123Z')
    reads = []
  })

  const startProcess = () =>
    createSnapshotCache<Value>(connectDatabase(opened.connect()), {
      kind,
      now: () => now,
      maxAge: 30_000,
      read: () =>
        new Promise((resolve, reject) => {
          reads.push({ resolve, reject })
        }),
    })

  const asked = (count: number) => expect.poll(() => reads.length).toBe(count)
  const sql = (statement: string) =>
    database.query<{ text: string }>(statement.replace('SNAPSHOT', 'polar_billing.snapshots'), [kind])

  /** What the provider said comes out of `get`. */
  async function know(cache: ReturnType<typeof startProcess>, value: Value) {
    const reading = cache.get('acme')
    const count = reads.length + 1
    await asked(count)
    reads[count - 1]?.resolve(value)
    return reading
  }

  it('null is something that is known', async () => {
    const cache = startProcess()
    expect(await cache.has('acme')).toBe(false)
    expect(await know(cache, null)).toEqual({ value: null, readAt: now, answeredAt: now, stale: false })
    expect(await startProcess().has('acme')).toBe(true)
    expect(await startProcess().get('acme')).toEqual({
      value: null,
      readAt: now,
      answeredAt: now,
      stale: false,
    })
  })

  it('a reading grows old', async () => {
    await know(startProcess(), 'first')
    now = new Date(now.getTime() + 30_000)
    const other = startProcess()
    expect((await other.get('acme')).value).toBe('first')
    now = new Date(now.getTime() + 1)
    expect((await know(other, 'second')).value).toBe('second')
  })

  it('what changed while the provider was asked is not cleared by its answer', async () => {
    const [first, second] = [startProcess(), startProcess()]
    const before = first.get('acme')
    await asked(1)
    await second.expire('acme')
    const after = second.get('acme')
    reads[0]?.resolve('old')
    expect((await before).value).toBe('old')
    await asked(2)
    reads[1]?.resolve('new')
    expect((await after).value).toBe('new')
    expect((await first.get('acme')).value).toBe('new')
    expect(reads).toHaveLength(2)
  })

  it('a caller that comes after a change shares no read that began before, in one process either', async () => {
    const cache = startProcess()
    const before = cache.get('acme')
    await asked(1)
    await cache.expire('acme')
    const after = [cache.get('acme'), cache.get('acme')]
    reads[0]?.resolve('old')
    await before
    await asked(2)
    reads[1]?.resolve('new')
    expect((await Promise.all(after)).map(({ value }) => value)).toEqual(['new', 'new'])
    expect(reads).toHaveLength(2)
  })

  it('a process that died while it asked is replaced', async () => {
    await sql(`insert into SNAPSHOT (kind, key, refreshed_by, lease_until)
      values ($1, 'acme', 'dead', clock_timestamp() + interval '1 second')`)
    expect((await know(startProcess(), 'value')).value).toBe('value')
  })

  it('a process that was paused beyond its lease overwrites nothing', async () => {
    const paused = startProcess().get('acme')
    await asked(1)
    await sql(`update SNAPSHOT set lease_until = clock_timestamp() where kind = $1`)
    await know(startProcess(), 'new')
    reads[0]?.resolve('old')
    expect((await paused).value).toBe('new')
  })

  it('a lease lasts as long as its process asks', async () => {
    const reading = startProcess().get('acme')
    await asked(1)
    const leasedUntil = async () =>
      (await sql(`select lease_until::text as text from SNAPSHOT where kind = $1`))[0]?.text
    const first = await leasedUntil()
    await expect.poll(leasedUntil).not.toBe(first)
    reads[0]?.resolve('value')
    await reading
    expect(await leasedUntil()).toBeNull()
  })

  it('nobody waits for ever for another process: it says so, or gives what is known', async () => {
    const [first, second] = [startProcess(), startProcess()]
    await know(first, 'known')
    await first.expire('acme')
    const slow = Promise.all([first.get('acme'), first.get('stranger')])
    await asked(3)
    const [known, unknown] = await Promise.allSettled([second.get('acme'), second.get('stranger')])
    expect(known).toMatchObject({ value: { value: 'known', stale: true } })
    expect(unknown).toMatchObject({ reason: { code: 'SERVICE_UNAVAILABLE', retryAfter: 1 } })
    for (const read of reads) read.resolve('new')
    expect(await slow).toMatchObject([{ value: 'new' }, { value: 'new' }])
  })

  it('a failure serves what is known as stale, and keeps all processes from asking until its time', async () => {
    const [first, second] = [startProcess(), startProcess()]
    const { readAt } = await know(first, 'known')
    await first.expire('acme')
    const failing = first.get('acme')
    await asked(2)
    reads[1]?.reject(new BillingError('SERVICE_UNAVAILABLE', 'too many requests', { retryAfter: 7 }))
    expect(await failing).toMatchObject({ value: 'known', readAt, stale: true })
    now = new Date(now.getTime() + 6_999)
    expect(await second.get('acme')).toMatchObject({ value: 'known', readAt, stale: true })
    expect(reads).toHaveLength(2)
    now = new Date(now.getTime() + 1)
    expect(await know(second, 'new')).toMatchObject({ value: 'new', stale: false })
    expect(await first.get('acme')).toMatchObject({ value: 'new', stale: false })
  })

  it('a provider that fails and names no time is asked once for a call', async () => {
    const cache = startProcess()
    const reading = cache.get('acme')
    await asked(1)
    const error = new BillingError('SERVICE_UNAVAILABLE', 'down', { retryAfter: 0 })
    reads[0]?.reject(error)
    await expect(reading).rejects.toBe(error)
    expect(reads).toHaveLength(1)
  })

  it('an error that is not ours stays in its process', async () => {
    const reading = startProcess().get('acme')
    await asked(1)
    const error = new TypeError('cannot read secret-of-somebody')
    reads[0]?.reject(error)
    await expect(reading).rejects.toBe(error)
    await expect(startProcess().get('acme')).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Reading from the payment provider failed.',
    })
    const rows = await sql(`select row_to_json(snapshots)::text as text from SNAPSHOT where kind = $1`)
    expect(rows[0]?.text).not.toContain('secret')
  })
})
