import type { Pool } from 'pg'
import { createBilling } from 'polar-billing-kit/server'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { databases, type OpenedDatabase } from '../openDatabases.js'
import { type Running, startBilling } from '../startBilling.js'
import { openEvents } from './openEvents.js'

let database: OpenedDatabase
let running: Running
beforeAll(async () => {
  database = (await databases.find(({ name }) => name === 'Postgres')?.open()) as OpenedDatabase
})
afterAll(() => database.close())
beforeEach(async () => {
  running = await startBilling({ billing: { database: database.connect() } })
})
afterEach(() => running.close())

const track = (organizationId: string) => running.billing.usage.track({ organizationId, name: 'request' })

it('a database that does not pass on messages is polled', async () => {
  const pool = database.connect() as Pool
  // Its one connection cannot be kept for listening.
  pool.options.max = 1
  const other = createBilling({ ...running.options, database: pool })
  const events = await openEvents('http://other', 'polled', { fetch: other.fetch })
  await track('polled')
  await expect.poll(events.changes).toEqual(['usage'])
  expect(running.events).toContainEqual({
    type: 'warning',
    message: expect.stringMatching(/by polling\. .*cannot LISTEN/),
  })
  events.stop()
  await other.close()
})

it('what changes while the listening connection is lost is told when it is back', async () => {
  const events = await openEvents(running.url, 'lost')
  const pool = database.connect() as Pool
  // It listens, and has taken its probe back.
  const listening = `from pg_stat_activity where query like 'unlisten%' and state = 'idle'`
  await expect.poll(async () => (await pool.query(`select 1 ${listening}`)).rows).toHaveLength(1)
  await pool.query(
    `with lost as (select pg_terminate_backend(pid) ${listening})
     insert into polar_billing.changes (organization_id, usage_revision) select 'lost', 1 from lost`,
  )
  await expect.poll(events.changes).toEqual(['usage'])
  events.stop()
})
