import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPools, type Pools } from './database/openPools.js'
import { type RunningPostgres, startPostgres } from './database/startPostgres.js'
import { startBilling } from './startBilling.js'

let postgres: RunningPostgres
let connectionString: string
let pools: Pools
beforeAll(async () => {
  postgres = await startPostgres()
  connectionString = await postgres.createDatabase()
  pools = createPools(connectionString)
})
afterAll(async () => {
  await pools.end()
  await postgres.stop()
})

/** What docs/operations.md tells an admin to run. */
function documentedGrants(): string {
  const [, sql] = /```sql\n(grant [^`]+)```/.exec(readFileSync('docs/operations.md', 'utf8')) ?? []
  return sql ?? ''
}

it('a role with the documented rights is enough for everything but a migration', async () => {
  const admin = pools.open()
  await admin.query("create role app login password 'app'")
  const migrated = await startBilling({ billing: { database: admin } })
  await migrated.close()
  await admin.query(documentedGrants())

  const url = new URL(connectionString)
  url.username = url.password = 'app'
  const limited = pools.open({ connectionString: url.href, max: 4 })
  const planNames: (string | null)[] = []
  const running = await startBilling({
    billing: {
      database: limited,
      on: {
        'subscription.created': async (_event, { status }) => {
          planNames.push((await status()).planName)
        },
      },
    },
  })
  const organization = { organizationId: 'acme' }
  await running.billing.usage.track({ ...organization, name: 'tts_generation', metadata: { characters: 5 } })
  expect((await running.as('acme').post('/checkout', { planType: 'pro' })).status).toBe(200)
  running.emulator.controls.purchase({
    external_customer_id: 'acme',
    product_id: running.products['pro'] ?? '',
  })
  await expect.poll(() => planNames).toContain('Pro')
  expect((await running.as('acme').post('/subscription', { action: 'cancel' })).status).toBe(200)
  await expect.poll(async () => (await running.billing.health()).usage.waiting).toBe(0)
  expect(await running.billing.drain({ seconds: 5 })).toMatchObject({ waiting: 0 })
  expect(running.events.filter(({ type }) => /failed|lost|dead|warning/.test(type))).toEqual([])
  await running.close()
})
