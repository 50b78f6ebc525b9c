import { PGlite } from '@electric-sql/pglite'
import { createPolar } from '@polar-sh/sdk/2026-10'
import { BillingError } from 'polar-billing-kit/contract'
import { type Billing, createBilling } from 'polar-billing-kit/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { assertNoPurchaseUnderWay } from '../../src/server/checkouts/earlierCheckouts.js'
import { databases, type OpenedDatabase } from './openDatabases.js'
import { pay } from './pay.js'
import { type Running, startBilling } from './startBilling.js'

const inMemory = {
  name: 'memory',
  open: async (): Promise<{ connect?: OpenedDatabase['connect']; close: OpenedDatabase['close'] }> => ({
    close: async () => undefined,
  }),
}
const acme = { organizationId: 'acme' }
const pro = { planType: 'pro' } as const
const team = { planType: 'team' } as const

let running: Running
const others: Billing[] = []

/** How often a session was opened at Polar. */
const opened = () => running.polarCalls.filter((call) => call === 'POST /v1/checkouts/').length
const fault = (input: object) => running.emulator.controls.addFault(input)
const wait = (seconds: number) => running.emulator.controls.advanceClock({ seconds })
const buy = async (input: object = pro, organizationId = 'acme') =>
  (await running.as(organizationId).post('/checkout', input)).body

async function stop(): Promise<void> {
  await Promise.all(others.splice(0).map((billing) => billing.close()))
  await running.close()
}

describe.each([inMemory, ...databases])('one open checkout for an organization, in $name', ({ open }) => {
  let database: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    running = await startBilling({ billing: { database: database.connect?.() } })
    // Every change is seen by asking alone.
    running.emulator.controls.replaceWebhookEndpoints({ endpoints: [] })
    for (const table of ['snapshots', 'checkouts', 'rate_limits'])
      await database.connect?.().query(`delete from polar_billing.${table}`)
  })
  afterEach(stop)

  it('a double click, two tabs and two members get the same session', async () => {
    fault({ path: '/checkouts/*', latencyMs: 100 })
    const members = ['ada@example.com', 'bob@example.com', undefined]
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        running.as({ ...acme, email: members[index % 3] }).post('/checkout', pro),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(new Set(answers.map(({ body }) => body.checkoutUrl)).size).toBe(1)
    expect(opened()).toBe(1)
  })

  it('whoever comes later gets it too, until it runs out', async () => {
    const first = await buy()
    await wait(3_600)
    expect(await buy()).toEqual(first)
    await wait(23 * 3_600)
    const second = await buy()
    expect(second.checkoutId).not.toBe(first.checkoutId)
    expect(await buy()).toEqual(second)
  })

  it('one that is about to run out is not handed out', async () => {
    const first = await buy()
    await wait(24 * 3_600 - 60)
    expect((await buy()).checkoutId).not.toBe(first.checkoutId)
  })

  it('every organization has its own', async () => {
    const sessions = await Promise.all(['acme', 'other', 'ACME'].map((id) => buy(pro, id)))
    expect(new Set(sessions.map(({ checkoutId }) => checkoutId)).size).toBe(3)
  })

  it('another plan is another session, and coming back is the first one', async () => {
    const first = await buy(pro)
    const second = await buy(team)
    expect(second).toMatchObject({ productName: 'Team' })
    expect(second.checkoutId).not.toBe(first.checkoutId)
    expect(await buy({ planType: 'pro', interval: 'year' })).toMatchObject({ productName: 'Pro yearly' })
    expect(await buy(pro)).toEqual(first)
    expect(await buy(team)).toEqual(second)
    expect(opened()).toBe(3)
  })

  it('of two open sessions only one can be paid', async () => {
    const [first, second] = [await buy(pro), await buy(team)]
    await pay(first.checkoutUrl)
    expect((await buy(team)).error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('already has the plan Pro'),
    })
    await expect(pay(second.checkoutUrl)).rejects.toThrow('expected 303')
    const { items } = await polar().subscriptions.list({ external_customer_id: ['acme'] })
    expect(items).toHaveLength(1)
  })

  it('after a purchase: CONFLICT, although what was read a moment ago says "none"', async () => {
    const { checkoutUrl } = await buy()
    expect((await running.as('acme').get('/status')).body.status).toBe('none')
    await pay(checkoutUrl)
    expect((await buy()).error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('already has the plan Pro'),
    })
    expect(opened()).toBe(1)
  })

  it('while a payment is being processed: CONFLICT, whatever is asked for', async () => {
    running.emulator.controls.changeSettings({ paymentDelay: 60_000 })
    const { checkoutUrl } = await buy()
    await polar().checkouts.clientConfirm(checkoutUrl.split('/').at(-1), {
      confirmation_token_id: 'card',
      customer_email: 'ada@example.com',
    })
    for (const input of [pro, team]) {
      expect((await buy(input)).error).toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('being processed'),
      })
    }
    expect(opened()).toBe(1)
    await wait(61)
    expect((await buy()).error.message).toContain('already has the plan Pro')
  })

  it('bought and ended on the same day: sells again', async () => {
    const first = await buy()
    await pay(first.checkoutUrl)
    const { items } = await polar().subscriptions.list({ external_customer_id: ['acme'] })
    await polar().subscriptions.revoke(items[0]?.id ?? '')
    const second = await buy()
    expect(second.checkoutId).toMatch(/^\S+$/)
    expect(second.checkoutId).not.toBe(first.checkoutId)
  })

  it('Polar is down: a typed error for all who ask, at the price of one call', async () => {
    await running.as('acme').get('/status')
    fault({ method: 'POST', path: '/checkouts/*', status: 503, latencyMs: 200 })
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => running.as('acme').post('/checkout', pro)),
    )
    for (const { body } of answers) {
      expect(body.error).toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
        message: 'Failed to create checkout session',
        retryAfter: 5,
      })
    }
    expect(opened()).toBe(1)
    running.emulator.controls.clearFaults()
    expect((await buy()).checkoutUrl).toMatch(/^http/)
  })

  it('what is one buyer’s own fault does not stop another', async () => {
    await running.as({ organizationId: 'old', email: 'ada@example.com' }).post('/checkout', pro)
    const ask = (email: string) => running.as({ ...acme, email }).post('/checkout', pro)
    fault({ method: 'POST', path: '/customers/*', latencyMs: 200 })
    const customersMade = () => running.polarCalls.filter((call) => call === 'POST /v1/customers/').length
    const taken = ask('ada@example.com')
    await expect.poll(customersMade).toBe(2)
    const free = ask('bob@example.com')
    expect((await taken).body.error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('e-mail'),
    })
    expect((await free).status).toBe(200)
  })

  it('an open session that cannot be read opens no second one', async () => {
    await buy()
    fault({ method: 'GET', path: '/checkouts/*', status: 502 })
    expect((await buy()).error.code).toBe('SERVICE_UNAVAILABLE')
    expect(opened()).toBe(1)
  })
})

const polar = () => createPolar({ accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar` })

describe.each(databases)('one open checkout for all processes, in $name', ({ open }) => {
  let database: OpenedDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    running = await startBilling({ billing: { database: database.connect() } })
    running.emulator.controls.replaceWebhookEndpoints({ endpoints: [] })
    await sql('delete from polar_billing.snapshots')
    await sql('delete from polar_billing.checkouts')
    await sql('delete from polar_billing.rate_limits')
  })
  afterEach(stop)

  function startAnother(): Billing {
    const billing = createBilling({ ...running.options, database: database.connect() })
    others.push(billing)
    return billing
  }

  async function sql(statement: string): Promise<Record<string, unknown>[]> {
    return (await database.connect().query(statement)).rows as Record<string, unknown>[]
  }

  it('requests of the same moment in three processes open one', async () => {
    fault({ path: '/checkouts/*', latencyMs: 100 })
    const processes = [running.billing, startAnother(), startAnother()]
    const sessions = await Promise.all(
      Array.from({ length: 4 }, () =>
        processes.map(({ service }) => service.createCheckout(acme, pro)),
      ).flat(),
    )
    expect(new Set(sessions.map(({ checkoutUrl }) => checkoutUrl)).size).toBe(1)
    expect(opened()).toBe(1)
  })

  it('the row holds no URL, and another process asks for it', async () => {
    const first = await buy()
    const [row] = await sql('select row_to_json(checkouts)::text as text from polar_billing.checkouts')
    expect(row?.['text']).toContain(first.checkoutId)
    expect(row?.['text']).not.toMatch(/http|polar_c_/)
    expect(await startAnother().service.createCheckout(acme, pro)).toEqual(first)
    expect(opened()).toBe(1)
  })

  it('Polar is down: the processes that wait fail alike', async () => {
    await running.as('acme').get('/status')
    fault({ method: 'POST', path: '/checkouts/*', status: 429, retryAfter: 20, latencyMs: 200 })
    const results = await Promise.allSettled(
      [running.billing, startAnother(), startAnother()].map(({ service }) =>
        service.createCheckout(acme, pro),
      ),
    )
    for (const result of results) {
      expect(result).toMatchObject({
        reason: {
          code: 'SERVICE_UNAVAILABLE',
          message: 'Failed to create checkout session',
          retryAfter: 20,
        },
      })
    }
    expect(opened()).toBe(1)
  })

  it('a process that died while it opened one is replaced', async () => {
    await sql(`insert into polar_billing.checkouts (organization_id, choice, opened_by, lease_until)
      select 'acme', '["${running.products['pro']}",null,null]', 'dead', clock_timestamp() + interval '1 second'`)
    expect((await buy()).checkoutUrl).toMatch(/^http/)
    expect(opened()).toBe(1)
  })

  it('the session of a process that was paused beyond its lease is not handed out', async () => {
    fault({ method: 'POST', path: '/checkouts/*', latencyMs: 1_000, times: 1 })
    const paused = buy()
    await expect.poll(opened).toBe(1)
    await sql(`update polar_billing.checkouts set opened_by = 'else', lease_until = clock_timestamp()`)
    const other = await startAnother().service.createCheckout(acme, pro)
    expect(await paused).toEqual(other)
    expect(opened()).toBe(2)
  })

  it('a session that Polar does not know any more is replaced', async () => {
    await buy()
    await sql(`update polar_billing.checkouts set checkout_id = '${crypto.randomUUID()}'`)
    expect((await buy()).checkoutUrl).toMatch(/^http/)
    expect(opened()).toBe(2)
  })

  it('the session of another organization is not handed out', async () => {
    const other = await buy(pro, 'other')
    await sql(`update polar_billing.checkouts set organization_id = 'acme'`)
    expect((await buy()).checkoutId).not.toBe(other.checkoutId)
  })

  it('rows of long ago are removed', async () => {
    await sql(`insert into polar_billing.checkouts (organization_id, choice, checkout_id, expires_at, changed_at)
      values ('gone', '[]', 'x', now() - interval '2 days', now() - interval '2 days')`)
    await buy()
    const rows = await sql('select organization_id from polar_billing.checkouts')
    expect(rows).toEqual([{ organization_id: 'acme' }])
  })
})

describe('seats', () => {
  beforeEach(async () => {
    running = await startBilling({
      emulator: {
        catalog: {
          products: {
            pro: { name: 'Seats', interval: 'month', prices: [{ type: 'seat', amount: 1_000 }] },
            proYear: { name: 'Year', interval: 'year', prices: [{ type: 'fixed', amount: 29_000 }] },
            team: { name: 'Team', interval: 'month', prices: [{ type: 'fixed', amount: 9_900 }] },
            trial: { name: 'Trial', interval: 'month', prices: [{ type: 'fixed', amount: 2_900 }] },
            euro: { name: 'Euro', interval: 'month', prices: [{ type: 'fixed', amount: 9_000 }] },
          },
        },
      },
    })
  })
  afterEach(stop)

  it('another number of seats is another session', async () => {
    const five = await buy({ ...pro, seats: 5 })
    expect((await buy({ ...pro, seats: 6 })).checkoutId).not.toBe(five.checkoutId)
    expect(await buy({ ...pro, seats: 5 })).toEqual(five)
  })

  it('a session whose seats the buyer changed on the page is no longer the one that is asked for', async () => {
    const five = await buy({ ...pro, seats: 5 })
    const any = await buy(pro)
    for (const { checkoutId } of [five, any]) await polar().checkouts.update(checkoutId, { seats: 7 })
    expect((await buy({ ...pro, seats: 5 })).checkoutId).not.toBe(five.checkoutId)
    expect(await buy(pro)).toEqual(any)
  })
})

describe('a purchase that the provider does not show yet', () => {
  const checkout = { organizationId: 'acme', customerId: null, subscriptionId: null, session: null }
  const nothing = { customerId: null, subscriptions: [], counters: [] }

  it('is a CONFLICT', () => {
    const earlier = new Map([['checkout_1', { ...checkout, state: 'succeeded' as const }]])
    expect(() => assertNoPurchaseUnderWay(earlier, nothing)).toThrow(BillingError)
    expect(() => assertNoPurchaseUnderWay(earlier, nothing)).toThrow('has just paid')
  })

  it('one that ran out is none', () => {
    const earlier = new Map([['checkout_1', { ...checkout, state: 'expired' as const }]])
    expect(() => assertNoPurchaseUnderWay(earlier, nothing)).not.toThrow()
  })
})

describe('a database that is away', () => {
  it('opens no checkout that nobody would know of', async () => {
    const pglite = new PGlite()
    running = await startBilling({ billing: { database: pglite } })
    await pglite.close()
    expect((await running.as('acme').post('/checkout', pro)).body.error).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      retryAfter: 5,
    })
    expect(opened()).toBe(0)
    await running.close()
  })
})
