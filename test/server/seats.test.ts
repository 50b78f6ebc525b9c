import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createPolar } from '@polar-sh/sdk/2026-10'
import type { Seats } from 'polar-billing-kit/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { createPolarProvider } from '../../src/server/polar/createPolarProvider.js'
import { type Events, openEvents } from './live/openEvents.js'
import { pay } from './pay.js'
import { polarCatalog, type Running, startBilling } from './startBilling.js'

const NONE: Seats = { seats: [], total: 0, available: 0 }

let running: Running
let events: Events | undefined
afterEach(async () => {
  events?.stop()
  await running.close()
})

/** "Team" is sold by the seat, from two on. */
async function start(): Promise<void> {
  running = await startBilling({
    emulator: {
      catalog: {
        ...polarCatalog,
        products: {
          ...polarCatalog.products,
          team: {
            name: 'Team',
            interval: 'month',
            prices: [{ type: 'seat', amount: 1_200, minimumSeats: 2, maximumSeats: 20 }],
            benefits: ['api'],
          },
        },
      },
    },
  })
}

async function startWithSeats(seats = 3): Promise<void> {
  await start()
  purchase('acme', seats)
  await running.emulator.controls.settle()
}

function purchase(organizationId: string, seats: number): void {
  running.emulator.controls.purchase({
    external_customer_id: organizationId,
    product_id: running.products['team'] ?? '',
    seats,
  })
}

const polar = () => createPolar({ accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar` })
const list = async (who = 'acme') => (await running.as(who).get('/seats')).body as Seats
const update = (body: object, who = 'acme') => running.as(who).post('/seats', body)
const assign = (email: string, who?: string) => update({ action: 'assign', email }, who)

/** The id of the seat that was given to this e-mail. */
async function seatOf(email: string, who?: string): Promise<string> {
  const seat = (await list(who)).seats.find((one) => one.email === email)
  if (seat === undefined) throw new Error(`${email} has no seat.`)
  return seat.id
}

async function claim(email: string): Promise<void> {
  const [invitation] = running.emulator.controls.listInvitations({ email })
  await polar().customerSeats.claimSeat({ invitation_token: invitation?.invitation_token ?? '' })
}

describe('listSeats', () => {
  it('no seats for who has nothing, or a plan without them', async () => {
    await start()
    expect(await list('nobody')).toEqual(NONE)
    running.emulator.controls.purchase({
      external_customer_id: 'solo',
      product_id: running.products['pro'] ?? '',
    })
    expect(await list('solo')).toEqual(NONE)
    expect(running.polarCalls).not.toContain('GET /v1/customer-seats')
  })

  it('who has which, and how many are left', async () => {
    await startWithSeats(3)
    expect(await list()).toEqual({ seats: [], total: 3, available: 3 })
    await assign('bob@example.org')
    await assign('eve@example.org')
    await claim('eve@example.org')
    expect(await list()).toEqual({
      seats: [
        {
          id: expect.any(String),
          email: 'bob@example.org',
          status: 'pending',
          claimedAt: null,
          invitationExpiresAt: expect.stringMatching(/^2026-01-11T12:00:.*Z$/),
        },
        {
          id: expect.any(String),
          email: 'eve@example.org',
          status: 'claimed',
          claimedAt: expect.stringMatching(/^2026-01-10T12:00:.*Z$/),
          invitationExpiresAt: null,
        },
      ],
      total: 3,
      available: 1,
    })
  })

  it('none any more once the subscription is over', async () => {
    await startWithSeats()
    await assign('bob@example.org')
    const [subscription] = running.emulator.controls.listSubscriptions()
    await polar().subscriptions.revoke(subscription?.id ?? '')
    await running.emulator.controls.settle()
    await expect.poll(() => list()).toEqual(NONE)
  })

  it('Polar down: unavailable, and never "no seats"', async () => {
    await startWithSeats()
    await running.as('acme').get('/status')
    await running.as('solo').get('/status')
    running.emulator.controls.takeDown()
    for (const who of ['acme', 'solo', 'stranger']) {
      // Old enough to be asked for again.
      await running.emulator.controls.advanceClock({ minutes: 6 })
      const { status, body } = await running.as(who).get('/seats')
      expect([who, status, body.error?.code]).toEqual([who, 503, 'SERVICE_UNAVAILABLE'])
    }
  })

  it('a token without the scope says so to the log alone', async () => {
    await startWithSeats()
    running.emulator.controls.addFault({ path: '/customer-seats', status: 403 })
    const { status, body } = await running.as('acme').get('/seats')
    expect([status, body.error.code]).toEqual([500, 'INTERNAL_SERVER_ERROR'])
    expect(JSON.stringify(running.events)).toContain('Polar answered 403')
  })

  it('asking for ever is told to wait', async () => {
    await startWithSeats()
    const answers = await Promise.all(Array.from({ length: 61 }, () => running.as('acme').get('/seats')))
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1)
    expect((await running.as('other').get('/seats')).status).toBe(200)
  })
})

describe('updateSeats', () => {
  it('assign: by e-mail, trimmed and as it was written, and answers the seats after it', async () => {
    await startWithSeats(2)
    const { status, body } = await assign('  Bob@Example.org ')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      seats: [{ email: 'Bob@Example.org', status: 'pending' }],
      total: 2,
      available: 1,
    })
    expect(body).toEqual(await list())
  })

  it('costs a call for what is done, and one for each list that it takes', async () => {
    await startWithSeats()
    const seats = '/v1/customer-seats'
    await running.as('acme').get('/status')
    const costOf = async (body: object): Promise<string[]> => {
      const before = running.polarCalls.length
      await update(body)
      // A webhook of a seat may bring a reading of the customer in between.
      return running.polarCalls
        .slice(before)
        .filter((call) => call.includes(seats))
        .map((call) => call.replace(/[0-9a-f-]{36}/, ':id'))
    }
    expect(await costOf({ action: 'assign', email: 'bob@example.org' })).toEqual([
      `POST ${seats}`,
      `GET ${seats}`,
    ])
    const seatId = await seatOf('bob@example.org')
    expect(await costOf({ action: 'resend', seatId })).toEqual([
      `GET ${seats}`,
      `POST ${seats}/:id/resend`,
      `GET ${seats}`,
    ])
    expect(await costOf({ action: 'revoke', seatId })).toEqual([
      `GET ${seats}`,
      `DELETE ${seats}/:id`,
      `GET ${seats}`,
    ])
    expect(await costOf({ action: 'revoke', seatId })).toEqual([`GET ${seats}`])
  })

  it.each(['', 'bob', 'bob@', 7, null])('assign to %j: the caller’s mistake', async (email) => {
    await startWithSeats()
    const { status, body } = await update({ action: 'assign', email })
    expect([status, body.error.code]).toEqual([400, 'BAD_REQUEST'])
    expect(running.polarCalls).not.toContain('POST /v1/customer-seats')
  })

  it('an e-mail that Polar does not take is the caller’s mistake, too', async () => {
    await start()
    const detail = [{ type: 'value_error', loc: ['body', 'email'], msg: 'no mail server', input: 'b@x.zz' }]
    const polar = createServer((_request, response) =>
      response.writeHead(422).end(JSON.stringify({ error: 'RequestValidationError', detail })),
    )
    await new Promise<void>((resolve) => polar.listen(0, '127.0.0.1', resolve))
    const baseUrl = `http://127.0.0.1:${(polar.address() as AddressInfo).port}`
    const provider = createPolarProvider(
      { accessToken: 'polar_oat_test', baseUrl },
      { webhookSecrets: [], guard: (call) => call() },
    )
    const subscription = { subscriptionId: 'subscription', organizationId: 'acme', now: new Date() }
    await expect(
      provider.updateSeats(subscription, { action: 'assign', email: 'b@x.zz' }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST', message: 'email: no mail server' })
    polar.close()
  })

  it('none left: CONFLICT, and what to do', async () => {
    await startWithSeats(2)
    await Promise.all([assign('a@example.org'), assign('b@example.org')])
    const { status, body } = await assign('c@example.org')
    expect([status, body.error.code]).toEqual([409, 'CONFLICT'])
    expect(body.error.message).toContain('buy more seats')
  })

  it('given to that e-mail already: CONFLICT', async () => {
    await startWithSeats()
    await assign('bob@example.org')
    const { status, body } = await assign('BOB@example.org')
    expect([status, body.error.code]).toEqual([409, 'CONFLICT'])
    expect(body.error.message).toContain('has a seat already')
    expect((await list()).available).toBe(2)
  })

  it('nothing to give: CONFLICT, and NOT_FOUND for a seat', async () => {
    await start()
    expect((await assign('bob@example.org')).body.error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('has no seats'),
    })
    const { body } = await update({ action: 'revoke', seatId: '00000000-0000-4000-8000-000000000001' })
    expect(body.error.code).toBe('NOT_FOUND')
  })

  it('revoke, then give it to somebody else', async () => {
    await startWithSeats(2)
    await assign('bob@example.org')
    await claim('bob@example.org')
    await assign('eve@example.org')
    const revoked = await update({ action: 'revoke', seatId: await seatOf('bob@example.org') })
    expect(revoked.body).toMatchObject({
      seats: [{ email: 'eve@example.org' }],
      total: 2,
      available: 1,
    })
    expect((await assign('ada@example.org')).body.available).toBe(0)
    const emails = (await list()).seats.map(({ email }) => email)
    expect(new Set(emails)).toEqual(new Set(['ada@example.org', 'eve@example.org']))
  })

  it('revoke twice: NOT_FOUND, also when the next one has the seat', async () => {
    await startWithSeats(2)
    await assign('bob@example.org')
    const seatId = await seatOf('bob@example.org')
    await update({ action: 'revoke', seatId })
    expect((await update({ action: 'revoke', seatId })).body.error.code).toBe('NOT_FOUND')
  })

  it('resend: the invitation that runs goes out once more', async () => {
    await startWithSeats()
    await assign('bob@example.org')
    const { controls } = running.emulator
    const [first] = controls.listInvitations()
    await controls.advanceClock({ hours: 2 })
    const { status } = await update({ action: 'resend', seatId: first?.seat_id ?? '' })
    expect(status).toBe(200)
    const [second] = controls.listInvitations()
    expect(second?.invitation_token).toBe(first?.invitation_token)
    expect(Date.parse(second?.sent_at ?? '') - Date.parse(first?.sent_at ?? '')).toBe(7_200_000)
  })

  it('resend: one that has ended is a new one', async () => {
    await startWithSeats()
    await assign('Bob@example.org')
    const { controls } = running.emulator
    const [first] = controls.listInvitations()
    await controls.advanceClock({ hours: 30 })
    const { status, body } = await update({ action: 'resend', seatId: first?.seat_id ?? '' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ seats: [{ email: 'Bob@example.org', status: 'pending' }], available: 2 })
    await claim('Bob@example.org')
    expect((await list()).seats).toMatchObject([{ status: 'claimed' }])
  })

  it('resend: an ended one that is gone, and no new one, says that the seat is to be given again', async () => {
    await startWithSeats()
    await assign('bob@example.org')
    const { controls } = running.emulator
    const seatId = await seatOf('bob@example.org')
    await controls.advanceClock({ hours: 30 })
    controls.addFault({ method: 'POST', path: '/customer-seats', status: 429, retryAfter: 7, times: 1 })
    const { status, body } = await update({ action: 'resend', seatId })
    expect(status).toBe(503)
    expect(body.error.message).toContain('give the seat again')
    expect((await list()).seats).toEqual([])
  })

  it('resend: one that was accepted is a CONFLICT', async () => {
    await startWithSeats()
    await assign('bob@example.org')
    await claim('bob@example.org')
    const { body } = await update({ action: 'resend', seatId: await seatOf('bob@example.org') })
    expect(body.error).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('accepted') })
  })

  it('another organization’s seat is not there', async () => {
    await startWithSeats()
    purchase('attacker', 2)
    await running.emulator.controls.settle()
    await assign('bob@example.org')
    const seatId = await seatOf('bob@example.org')
    for (const action of ['revoke', 'resend']) {
      const { status, body } = await update({ action, seatId }, 'attacker')
      expect([status, body.error.code]).toEqual([404, 'NOT_FOUND'])
    }
    expect((await list()).seats).toMatchObject([{ id: seatId, status: 'pending' }])
    expect(running.polarCalls.filter((call) => /DELETE|resend/.test(call))).toEqual([])
    expect((await list('attacker')).seats).toEqual([])
  })

  it('Polar down: unavailable', async () => {
    await startWithSeats()
    await list()
    running.emulator.controls.takeDown()
    expect((await assign('bob@example.org')).body.error.code).toBe('SERVICE_UNAVAILABLE')
    running.emulator.controls.clearFaults()
    expect((await list()).seats).toEqual([])
  })

  it.each([
    ['the answer', 'POST', 'look at them before you try again'],
    ['the list after it', 'GET', 'have changed, but cannot be read'],
  ])('%s is lost: nobody says that it failed', async (_name, method, message) => {
    await startWithSeats()
    const path = '/customer-seats'
    running.emulator.controls.addFault({ method, path, body: 'cut', times: 1 })
    const { status, body } = await assign('bob@example.org')
    expect(status).toBe(503)
    expect(body.error).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining(message),
      retryAfter: 5,
    })
    expect((await list()).seats).toMatchObject([{ email: 'bob@example.org' }])
  })

  it('too many requests: Polar has not changed anything, and the log says so', async () => {
    await startWithSeats()
    running.emulator.controls.addFault({ method: 'POST', status: 429, retryAfter: 7, times: 1 })
    const { body } = await assign('bob@example.org')
    expect(body.error.message).toBe('Failed to update seats')
    expect(body.error.retryAfter).toBe(7)
  })

  it('a loop of invitations ends soon', async () => {
    await startWithSeats()
    const answers = []
    for (let number = 0; number < 21; number += 1) answers.push(await assign('bob@example.org'))
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1)
    expect((await list()).seats).toHaveLength(1)
  })
})

describe('an open list of seats', () => {
  it('hears when a seat is given, claimed and taken back', async () => {
    await startWithSeats()
    await running.as('acme').get('/status')
    events = await openEvents(running.url, 'acme')
    const { controls } = running.emulator
    const changes = async (): Promise<number> => {
      await controls.settle()
      return events?.changes().length ?? 0
    }
    for (const act of [
      () => assign('bob@example.org'),
      () => claim('bob@example.org'),
      async () => update({ action: 'revoke', seatId: await seatOf('bob@example.org') }),
    ]) {
      const before = await changes()
      await act()
      await expect.poll(changes).toBeGreaterThan(before)
      expect(new Set(events.changes())).toEqual(new Set(['status']))
    }
  })

  it('a seat that was given on Polar’s pages names no organization', async () => {
    await startWithSeats()
    const [subscription] = running.emulator.controls.listSubscriptions()
    await polar().customerSeats.assignSeat({
      subscription_id: subscription?.id ?? '',
      email: 'bob@example.org',
    })
    await running.emulator.controls.settle()
    expect(running.events.filter(({ type }) => type === 'webhook_failed')).toEqual([])
    expect((await list()).seats).toMatchObject([{ email: 'bob@example.org' }])
  })
})

describe('buying seats', () => {
  const buyer = { organizationId: 'buyer', email: 'ada@example.com', emailVerified: true }

  it('the checkout, the subscription and the list agree, and the portal still opens', async () => {
    await start()
    const { body } = await running.as(buyer).post('/checkout', { planType: 'team', seats: 5 })
    await pay(body.checkoutUrl)
    await running.emulator.controls.settle()
    const { body: status } = await running.as(buyer).get(`/status?checkoutId=${body.checkoutId}&fresh=1`)
    expect(status).toMatchObject({ planType: 'team', isActive: true })
    const { body: subscription } = await running.as(buyer).get('/subscription')
    expect(subscription).toMatchObject({ seats: 5, amount: 6_000 })
    expect(await list('buyer')).toEqual({ seats: [], total: 5, available: 5 })
    const { status: answered, body: portal } = await running.as(buyer).post('/portal')
    expect(answered).toBe(200)
    expect(await (await fetch(portal.portalUrl)).text()).toContain('5 of 5 seats free')
    expect(running.polarCalls.filter((call) => call.endsWith('/members'))).toHaveLength(1)
  })

  it('without a number it is the smallest', async () => {
    await start()
    const { body } = await running.as(buyer).post('/checkout', { planType: 'team' })
    expect(await polar().checkouts.get(body.checkoutId)).toMatchObject({ seats: 2, amount: 2_400 })
  })

  it.each([1, 21])('%d seats are not for sale: the caller’s mistake', async (seats) => {
    await start()
    const { status, body } = await running.as(buyer).post('/checkout', { planType: 'team', seats })
    expect([status, body.error.code]).toEqual([400, 'BAD_REQUEST'])
    expect(body.error.message).toMatch(/^seats: .*at least 2/)
  })

  it('seats of a plan without seats are the caller’s mistake', async () => {
    await start()
    const { body } = await running.as(buyer).post('/checkout', { planType: 'pro', seats: 5 })
    expect(body.error.code).toBe('BAD_REQUEST')
  })
})
