import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Database } from '../../src/server/database/database.js'
import { createJobs } from '../../src/server/jobs/createJobs.js'

/** An app that makes a billing with a database, and does this with it. */
const app = (script: string): string => `
  import { PGlite } from '@electric-sql/pglite'
  import { createBilling } from './src/server/index.ts'
  const database = new PGlite()
  const billing = createBilling({
    catalog: { currency: 'USD', defaultPlan: 'free', plans: { free: { name: 'Free' } } },
    products: {},
    polar: { accessToken: 'polar_oat_test', baseUrl: 'http://127.0.0.1:9' },
    appUrl: 'http://127.0.0.1',
    webhookSecret: 'secret',
    authenticate: () => null,
    database,
  })
  ${script}
  console.log('end')`

const WITHOUT_PG_BOSS = `import { registerHooks } from 'node:module'
  registerHooks({ resolve(specifier, context, next) {
    if (specifier !== 'pg-boss') return next(specifier, context)
    throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
  } })`

/** Runs a process until it ends by itself. */
async function run(script: string, preloaded: readonly string[] = []) {
  const imports = preloaded.flatMap((code) => [
    '--import',
    `data:text/javascript,${encodeURIComponent(code)}`,
  ])
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', ...imports, '--input-type=module', '--eval', app(script)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const [code] = (await once(child, 'close')) as [number]
  return { code, output }
}

describe('a process with background jobs', { timeout: 90_000 }, () => {
  it('that has closed ends', async () => {
    const script =
      'await billing.migrate(); await billing.drain({ seconds: 5 }); await billing.close(); await database.close()'
    expect(await run(script)).toMatchObject({ code: 0, output: expect.stringMatching(/end\n$/) })
  })

  it('that has nothing else to do is not kept alive', async () => {
    expect(await run('await billing.migrate()')).toMatchObject({ output: expect.stringMatching(/end\n$/) })
  })

  it('without pg-boss: migrate says what to install', async () => {
    const { code, output } = await run('await billing.migrate()', [WITHOUT_PG_BOSS])
    expect(code).not.toBe(0)
    expect(output).toContain('npm install pg-boss')
  })

  it('without pg-boss: no webhook is acknowledged, the log says why, and readers are served', async () => {
    const script = `
      await billing.migrate().catch(() => undefined)
      const { createHmac } = await import('node:crypto')
      const body = '{"type":"customer.updated","data":{"external_id":"acme"}}'
      const now = Math.floor(Date.now() / 1000)
      const signature = createHmac('sha256', 'secret').update('one.' + now + '.' + body).digest('base64')
      const answer = await billing.fetch(new Request('http://127.0.0.1/api/billing/webhooks/polar', {
        method: 'POST',
        body,
        headers: { 'webhook-id': 'one', 'webhook-timestamp': String(now), 'webhook-signature': 'v1,' + signature },
      }))
      console.log('webhook', answer.status)
      console.log('prices', (await billing.fetch(new Request('http://127.0.0.1/api/billing/plans'))).status)
      await billing.close()
      await database.close()`
    const { code, output } = await run(script, [WITHOUT_PG_BOSS])
    expect(output).toContain('webhook 503')
    expect(output).toMatch(/because: .*npm install pg-boss/)
    expect(output).toContain('prices 200')
    expect(code).toBe(0)
  })
})

describe('a database that is away when the process starts', () => {
  afterEach(() => vi.useRealTimers())

  it('is tried again, whatever webhooks come meanwhile', async () => {
    await import('pg-boss')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let asked = 0
    const fail = async () => {
      asked += 1
      throw new Error('away')
    }
    const database: Database = {
      kind: 'postgres',
      query: fail,
      exec: fail,
      transaction: fail,
      listen: fail,
      close: () => undefined,
    }
    const jobs = createJobs(database, { handlers: {}, onEvent: () => undefined })
    await expect(jobs.ready()).rejects.toThrow('away')
    for (let times = 1; times <= 3; times += 1) {
      const before = asked
      vi.advanceTimersByTime(15_000)
      await vi.waitFor(() => expect(asked).toBeGreaterThan(before))
      await expect(jobs.ready()).rejects.toThrow('away')
    }
    await jobs.close()
  })
})
