import { readFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PolarClientError } from '@polar-sh/sdk'
import { createPolar, errors, type models } from '@polar-sh/sdk/2026-10'
import { type EmulatorCatalog, type PolarEmulatorOptions, sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, describe, expect, it } from 'vitest'
import { listen, portalForm, type Running, startEmulator, submit } from './startEmulator.js'

const TEAM = '00000000-0000-4000-8000-0000000000a1'
const STUDIO = '00000000-0000-4000-8000-0000000000a2'
const COURSE = '00000000-0000-4000-8000-0000000000a3'

/** When the purchase has settled. */
const NOW = '2026-01-10T12:00:01Z'
const TOMORROW = '2026-01-11T12:00:01Z'

const catalog = {
  ...sampleCatalog,
  products: {
    ...sampleCatalog.products,
    team: {
      id: TEAM,
      name: 'Team',
      interval: 'month',
      prices: [
        {
          type: 'seat',
          amount: 1_000,
          minimumSeats: 2,
          maximumSeats: 50,
          tiers: [{ from: 11, amount: 800 }],
        },
      ],
      benefits: ['api'],
    },
    studio: {
      id: STUDIO,
      name: 'Studio',
      interval: 'month',
      prices: [
        { type: 'fixed', amount: 5_000 },
        { type: 'seat', amount: 1_000, tiers: [{ from: 11, amount: 800 }], graduated: true },
      ],
    },
    course: {
      id: COURSE,
      name: 'Course',
      prices: [{ type: 'seat', amount: 2_000 }],
      benefits: ['api'],
    },
  },
} as const satisfies EmulatorCatalog

let running: Running
let id: string
afterEach(() => running.close())

async function subscribe(seats = 3, options: PolarEmulatorOptions = {}): Promise<Running> {
  running = await startEmulator({ catalog, ...options })
  const { controls } = running.emulator
  id =
    controls.purchase({ external_customer_id: 'acme', product_id: TEAM, seats, email: 'owner@acme.example' })
      .subscription_id ?? ''
  await controls.settle()
  listen(running)
  return running
}

const assign = (email: string, more: Partial<models.SeatAssign> = {}): Promise<models.CustomerSeat> =>
  running.polar.customerSeats.assignSeat({ subscription_id: id, email, ...more })

const list = (): Promise<models.SeatsList> => running.polar.customerSeats.listSeats({ subscription_id: id })

function invitation(email: string): { invitation_token: string; url: string } {
  const [found] = running.emulator.controls.listInvitations({ email })
  if (found === undefined) throw new Error(`Nobody has invited ${email}.`)
  return found
}

async function seatEvents(): Promise<string[]> {
  await running.emulator.controls.settle()
  const types = running.receiver.types('customer.state_changed')
  running.receiver.clear()
  return types
}

/** The name of what the API refused with. */
async function refusalOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof PolarClientError)) throw error
    const body: unknown = typeof error.error === 'string' ? JSON.parse(error.error) : error.error
    return { status: error.statusCode, ...(body as object) }
  }
  throw new Error('It was not refused.')
}

describe('the price of seats', () => {
  it('volume: all seats cost what the tier of their number says', async () => {
    const { polar } = await subscribe()
    const amountOf = async (seats: number) =>
      (await polar.checkouts.create({ products: [TEAM], seats })).amount
    expect(await Promise.all([2, 10, 11, 50].map(amountOf))).toEqual([2_000, 10_000, 8_800, 40_000])
    expect((await polar.products.get(TEAM)).prices[0]).toMatchObject({
      amount_type: 'seat_based',
      seat_tiers: {
        seat_tier_type: 'volume',
        minimum_seats: 2,
        maximum_seats: 50,
        tiers: [
          { min_seats: 2, max_seats: 10, price_per_seat: 1_000 },
          { min_seats: 11, max_seats: 50, price_per_seat: 800 },
        ],
      },
    })
  })

  it('graduated: each tier is filled before the next, beside what is fixed', async () => {
    const { polar } = await subscribe()
    const amountOf = async (seats: number) =>
      (await polar.checkouts.create({ products: [STUDIO], seats })).amount
    expect(await Promise.all([1, 10, 11, 20].map(amountOf))).toEqual([6_000, 15_000, 15_800, 23_000])
  })

  it('the subscription and its order say how many were bought', async () => {
    const { polar } = await subscribe(12)
    expect(await polar.subscriptions.get(id)).toMatchObject({ seats: 12, amount: 9_600 })
    const { items } = await polar.orders.list({ subscription_id: id })
    expect(items).toMatchObject([{ seats: 12, total_amount: 9_600 }])
  })

  it('can be chosen on the checkout page', async () => {
    const { polar } = await subscribe()
    const { url } = await polar.checkouts.create({ products: [TEAM], seats: 3 })
    expect(await (await fetch(url)).text()).toContain('3 seats at $10.00')
    await submit(`${url}/seats`, { seats: '12' })
    expect(await (await fetch(url)).text()).toContain('$96.00')
    expect(await (await submit(`${url}/seats`, { seats: '99' })).text()).toContain('at most 50 seats')
  })

  it.each([
    { type: 'seat' as const, amount: 1, tiers: [{ from: 1, amount: 1 }] },
    { type: 'seat' as const, amount: 1, maximumSeats: 5, tiers: [{ from: 6, amount: 1 }] },
  ])('tiers that do not rise are a mistake of the catalog: %j', async (price) => {
    await subscribe()
    const broken = { products: { team: { name: 'Team', interval: 'month' as const, prices: [price] } } }
    await expect(startEmulator({ catalog: broken })).rejects.toThrow('tiers have to rise')
  })
})

describe('seats', () => {
  it('are given by e-mail, and claimed by whoever got it', async () => {
    const { polar } = await subscribe(3)
    expect(await list()).toEqual({ seats: [], total_seats: 3, available_seats: 3 })
    const { customer_id } = await polar.subscriptions.get(id)
    const seat = await assign('Bob@Acme.example', { metadata: { team: 'a' } })
    expect(seat).toEqual({
      id: expect.any(String),
      created_at: NOW,
      modified_at: null,
      subscription_id: id,
      order_id: null,
      status: 'pending',
      customer_id,
      member_id: expect.any(String),
      member: {
        id: seat.member_id ?? '',
        created_at: NOW,
        modified_at: null,
        customer_id,
        email: 'Bob@Acme.example',
        name: null,
        external_id: null,
        role: 'member',
      },
      email: 'Bob@Acme.example',
      customer_email: 'Bob@Acme.example',
      invitation_token_expires_at: TOMORROW,
      claimed_at: null,
      revoked_at: null,
      seat_metadata: { team: 'a' },
    } satisfies models.CustomerSeat)
    expect(await list()).toEqual({ seats: [seat], total_seats: 3, available_seats: 2 })
    expect(await seatEvents()).toEqual(['customer_seat.assigned'])
    expect((await polar.benefitGrants.list({})).items).toEqual([])

    const { invitation_token } = invitation('Bob@Acme.example')
    const anybody = createPolar({ accessToken: 'polar_at_none', baseUrl: running.baseUrl })
    expect(await anybody.customerSeats.getClaimInfo(invitation_token)).toEqual({
      product_name: 'Team',
      product_id: TEAM,
      organization_name: 'Acme Voices',
      organization_slug: 'acme',
      customer_email: 'Bob@Acme.example',
      can_claim: true,
    })
    const claimed = await anybody.customerSeats.claimSeat({ invitation_token })
    expect(claimed).toEqual({
      seat: expect.objectContaining({ id: seat.id, status: 'claimed', claimed_at: NOW }),
      customer_session_token: expect.stringMatching(/^polar_mst_/),
    })
    expect((await polar.benefitGrants.list({})).items).toMatchObject([
      { is_granted: true, customer_id, member_id: seat.member_id, member: { email: 'Bob@Acme.example' } },
    ])
    expect(await seatEvents()).toEqual(['benefit_grant.created', 'customer_seat.claimed'])
  })

  it('need no token of the merchant’s to be claimed', async () => {
    await subscribe()
    await assign('bob@acme.example')
    const { invitation_token } = invitation('bob@acme.example')
    const path = `${running.baseUrl}/v1/customer-seats/claim`
    expect((await fetch(`${path}/${invitation_token}`)).status).toBe(200)
    const answer = await fetch(path, { method: 'POST', body: JSON.stringify({ invitation_token }) })
    expect(answer.status).toBe(200)
    expect((await fetch(`${running.baseUrl}/v1/customer-seats?subscription_id=${id}`)).status).toBe(401)
    expect((await fetch(`${running.baseUrl}/v1/customer-seats/`)).status).toBe(404)
  })

  it('an invitation works once, and for a day', async () => {
    const { emulator, polar } = await subscribe()
    await assign('bob@acme.example')
    await assign('eve@acme.example')
    const bob = invitation('bob@acme.example')
    const eve = invitation('eve@acme.example')
    await polar.customerSeats.claimSeat(bob)
    const invalid = {
      status: 400,
      error: 'InvalidInvitationToken',
      detail: 'Invalid or expired invitation token',
    }
    expect(await refusalOf(polar.customerSeats.claimSeat(bob))).toEqual(invalid)
    await emulator.controls.advanceClock({ hours: 25 })
    expect(await refusalOf(polar.customerSeats.claimSeat(eve))).toEqual(invalid)
    await expect(polar.customerSeats.getClaimInfo(eve.invitation_token)).rejects.toBeInstanceOf(
      errors.CustomerSeatsGetClaimInfo404Error,
    )
  })

  it('send the same invitation once more, which ends when it would have ended', async () => {
    const { emulator, polar } = await subscribe()
    const { id: seat } = await assign('bob@acme.example')
    const first = invitation('bob@acme.example')
    await emulator.controls.advanceClock({ hours: 1 })
    expect(await polar.customerSeats.resendInvitation(seat)).toMatchObject({
      status: 'pending',
      invitation_token_expires_at: TOMORROW,
    })
    expect(invitation('bob@acme.example')).toEqual({ ...first, sent_at: '2026-01-10T13:00:01Z' })
    await polar.customerSeats.claimSeat(first)
    expect(await refusalOf(polar.customerSeats.resendInvitation(seat))).toMatchObject({
      status: 400,
      error: 'SeatNotPending',
    })
  })

  it('can be claimed at once', async () => {
    const { emulator } = await subscribe()
    expect(await assign('bob@acme.example', { immediate_claim: true })).toMatchObject({
      status: 'claimed',
      invitation_token_expires_at: null,
    })
    expect(emulator.controls.listInvitations()).toEqual([])
    expect(await seatEvents()).toEqual(['customer_seat.claimed', 'benefit_grant.created'])
  })

  it('that are revoked say nothing of who had them, and are used again', async () => {
    const { polar } = await subscribe(2)
    const { id: seat } = await assign('bob@acme.example', { immediate_claim: true })
    await assign('eve@acme.example')
    await seatEvents()
    const revoked = await polar.customerSeats.revokeSeat(seat)
    expect(revoked).toMatchObject({
      status: 'revoked',
      customer_id: null,
      member_id: null,
      member: null,
      email: null,
      customer_email: null,
      revoked_at: expect.any(String),
    })
    expect(await seatEvents()).toEqual(['customer_seat.revoked', 'benefit_grant.revoked'])
    expect(await list()).toMatchObject({ available_seats: 1, seats: [revoked, { status: 'pending' }] })
    expect(await assign('ada@acme.example')).toMatchObject({
      id: seat,
      status: 'pending',
      revoked_at: null,
      claimed_at: null,
    })
    expect((await list()).seats).toHaveLength(2)
  })

  it('are refused in Polar’s words', async () => {
    const { polar } = await subscribe(2)
    const { id: seat } = await assign('bob@acme.example')
    expect(await refusalOf(assign('BOB@acme.example'))).toEqual({
      status: 400,
      error: 'SeatAlreadyAssigned',
      detail: 'Seat already assigned to customer BOB@acme.example',
    })
    await assign('eve@acme.example')
    expect(await refusalOf(assign('ada@acme.example'))).toEqual({
      status: 400,
      error: 'SeatNotAvailable',
      detail: `No available seats for ${id}`,
    })
    const unknown = '00000000-0000-4000-8000-00000000dead'
    const { customerSeats } = polar
    await expect(customerSeats.listSeats({ subscription_id: unknown })).rejects.toBeInstanceOf(
      errors.CustomerSeatsListSeats404Error,
    )
    for (const call of [
      customerSeats.assignSeat({ subscription_id: unknown, email: 'a@b.example' }),
      customerSeats.revokeSeat(unknown),
      customerSeats.resendInvitation(unknown),
      customerSeats.listSeats({ order_id: unknown }),
    ])
      expect(await refusalOf(call)).toMatchObject({ status: 404, error: 'ResourceNotFound' })
    expect(await refusalOf(customerSeats.listSeats({}))).toMatchObject({ status: 400, error: 'BadRequest' })
    expect(await refusalOf(assign('no address'))).toMatchObject({ status: 422 })
    expect(await refusalOf(customerSeats.revokeSeat('seat'))).toMatchObject({ status: 422 })
    expect(await refusalOf(assign('x@y.example', { metadata: { long: 'x'.repeat(2_000) } }))).toMatchObject({
      status: 422,
    })
    await customerSeats.revokeSeat(seat)
    expect(
      await refusalOf(customerSeats.assignSeat({ subscription_id: id, external_customer_id: 'acme' })),
    ).toMatchObject({ status: 400, error: 'InvalidSeatAssignmentRequest' })
  })

  it('can be given to a member again, and to the owner', async () => {
    const { polar } = await subscribe()
    const first = await assign('bob@acme.example')
    await polar.customerSeats.revokeSeat(first.id)
    const { polar: sdk } = running
    const again = await sdk.customerSeats.assignSeat({ subscription_id: id, member_id: first.member_id })
    expect(again).toMatchObject({ id: first.id, member_id: first.member_id, email: 'bob@acme.example' })
    const owner = await assign('OWNER@acme.example')
    expect(owner.member).toMatchObject({ role: 'owner', email: 'owner@acme.example' })
    const { items } = await polar.customers.members.list(first.customer_id ?? '', {})
    expect(items.map(({ role }) => role).sort()).toEqual(['member', 'owner'])
    expect(await polar.customers.members.listExternal('acme', { role: 'owner' })).toMatchObject({
      items: [{ id: owner.member_id }],
    })
  })

  it('end with their subscription', async () => {
    const { polar } = await subscribe()
    await assign('bob@acme.example', { immediate_claim: true })
    await assign('eve@acme.example')
    await seatEvents()
    await polar.subscriptions.revoke(id)
    const types = await seatEvents()
    expect(types.filter((type) => type.startsWith('customer_seat'))).toEqual([
      'customer_seat.revoked',
      'customer_seat.revoked',
    ])
    expect(types).toContain('benefit_grant.revoked')
    expect((await list()).seats.map(({ status }) => status)).toEqual(['revoked', 'revoked'])
  })

  it('belong to an order where the product is bought once', async () => {
    running = await startEmulator({ catalog })
    const { polar, emulator } = running
    const { order_id } = emulator.controls.purchase({
      external_customer_id: 'acme',
      product_id: COURSE,
      seats: 2,
    })
    expect((await polar.benefitGrants.list({})).items).toEqual([])
    const seat = await polar.customerSeats.assignSeat({
      order_id,
      email: 'bob@acme.example',
      immediate_claim: true,
    })
    expect(seat).toMatchObject({ order_id, subscription_id: null, status: 'claimed' })
    expect((await polar.benefitGrants.list({})).items).toMatchObject([
      { order_id, member_id: seat.member_id, is_granted: true },
    ])
    expect(await polar.customerSeats.listSeats({ order_id })).toMatchObject({
      total_seats: 2,
      available_seats: 1,
    })
  })

  it('outlive a restart', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'seats-')), 'polar.json')
    await subscribe(3, { file })
    await assign('bob@acme.example', { immediate_claim: true })
    await assign('eve@acme.example')
    const before = await list()
    await running.close()
    running = await startEmulator({ catalog, file })
    expect(await list()).toEqual(before)
    expect(invitation('eve@acme.example').url).toContain('invitation_token=')
  })

  it('a file from before there were seats is read', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'seats-')), 'polar.json')
    await subscribe(3, { file })
    await running.close()
    const state = JSON.parse(readFileSync(file, 'utf8')) as { tables: Record<string, unknown> }
    delete state.tables['seats']
    delete state.tables['members']
    writeFileSync(file, JSON.stringify(state))
    running = await startEmulator({ catalog, file })
    expect(await list()).toMatchObject({ seats: [], total_seats: 3 })
  })
})

describe('another number of seats', () => {
  it('prorate: applies now, and the next invoice settles it', async () => {
    const { polar, emulator } = await subscribe(4, { now: '2026-04-01T00:00:00Z' })
    await emulator.controls.advanceClock({ to: '2026-04-16T00:00:00Z' })
    await seatEvents()
    const changed = await polar.subscriptions.update(id, { seats: 8 })
    expect(changed).toMatchObject({ seats: 8, amount: 8_000, pending_update: null })
    expect(await seatEvents()).toEqual(['subscription.updated'])
    await emulator.controls.advanceClock({ to: '2026-05-01T00:00:01Z' })
    const { items } = await polar.orders.list({ subscription_id: id, limit: 1 })
    expect(items).toMatchObject([{ billing_reason: 'subscription_cycle', total_amount: 10_000, seats: 8 }])
  })

  it('invoice: charges the difference now, or changes nothing', async () => {
    const { polar, emulator } = await subscribe(4, { now: '2026-04-01T00:00:00Z' })
    await emulator.controls.advanceClock({ to: '2026-04-16T00:00:00Z' })
    emulator.controls.setCard({ external_customer_id: 'acme', declines: true })
    const more = { seats: 8, proration_behavior: 'invoice' as const }
    await expect(polar.subscriptions.update(id, more)).rejects.toBeInstanceOf(
      errors.SubscriptionsUpdate402Error,
    )
    expect(await polar.subscriptions.get(id)).toMatchObject({ seats: 4 })
    emulator.controls.setCard({ external_customer_id: 'acme', declines: false })
    await polar.subscriptions.update(id, more)
    const { items } = await polar.orders.list({ subscription_id: id, limit: 1 })
    expect(items).toMatchObject([{ billing_reason: 'subscription_update', total_amount: 2_000, paid: true }])
  })

  it('next_period: waits for the end of the period', async () => {
    const { polar, emulator } = await subscribe(4)
    expect(
      await polar.subscriptions.update(id, { seats: 2, proration_behavior: 'next_period' }),
    ).toMatchObject({
      seats: 4,
      amount: 4_000,
      pending_update: { product_id: null, seats: 2, applies_at: '2026-02-10T12:00:00Z' },
    })
    await emulator.controls.advanceClock({ to: '2026-02-10T12:00:01Z' })
    expect(await polar.subscriptions.get(id)).toMatchObject({ seats: 2, amount: 2_000, pending_update: null })
  })

  it('another plan begins with as many, or as it takes at least', async () => {
    const { polar, emulator } = await subscribe(4)
    expect(await polar.subscriptions.update(id, { product_id: STUDIO })).toMatchObject({
      seats: 4,
      amount: 9_000,
    })
    const { subscription_id: solo } = emulator.controls.purchase({
      external_customer_id: 'solo',
      product_id: sampleCatalog.products.pro.id,
    })
    expect(await polar.subscriptions.update(solo ?? '', { product_id: TEAM })).toMatchObject({
      seats: 2,
      amount: 2_000,
    })
  })

  it('a plan that brings seats makes a team of who pays, who keeps the benefits with a seat', async () => {
    const { polar, emulator } = await subscribe()
    const { subscription_id: solo } = emulator.controls.purchase({
      external_customer_id: 'solo',
      product_id: sampleCatalog.products.pro.id,
      email: 'solo@acme.example',
    })
    await seatEvents()
    const { customer_id } = await polar.subscriptions.update(solo ?? '', { product_id: TEAM })
    expect(await seatEvents()).toContain('customer_seat.claimed')
    expect(await polar.customers.get(customer_id)).toMatchObject({ type: 'team' })
    const { seats, available_seats } = await polar.customerSeats.listSeats({ subscription_id: solo ?? '' })
    expect(available_seats).toBe(1)
    expect(seats).toMatchObject([
      { status: 'claimed', email: 'solo@acme.example', member: { role: 'owner' } },
    ])
    const { items } = await polar.benefitGrants.list({ customer_id: [customer_id], is_granted: true })
    expect(items).toMatchObject([{ member_id: seats[0]?.member_id ?? '' }])
  })

  it('the same number is no event', async () => {
    const { polar } = await subscribe(4)
    await polar.subscriptions.update(id, { seats: 4 })
    expect(await seatEvents()).toEqual([])
  })

  it('is refused in Polar’s words', async () => {
    const { polar, emulator } = await subscribe(4)
    for (const name of ['a', 'b', 'c']) await assign(`${name}@acme.example`)
    const to = (seats: number, subscription = id) =>
      refusalOf(polar.subscriptions.update(subscription, { seats }))
    expect(await to(2)).toEqual({
      status: 400,
      error: 'SeatsAlreadyAssigned',
      detail: 'Cannot decrease seats to 2. Currently 3 seats are assigned. Revoke seats first.',
    })
    expect(await to(1)).toMatchObject({ status: 400, error: 'BelowMinimumSeats' })
    expect(await to(51)).toMatchObject({ status: 400, error: 'AboveMaximumSeats' })
    expect(await to(0)).toMatchObject({ status: 422 })
    const { subscription_id: other } = emulator.controls.purchase({
      external_customer_id: 'other',
      product_id: sampleCatalog.products.pro.id,
    })
    expect(await to(5, other ?? '')).toMatchObject({ status: 400, error: 'NotASeatBasedSubscription' })
    await polar.subscriptions.update(id, { cancel_at_period_end: true })
    expect(await to(5)).toMatchObject({ status: 403, error: 'AlreadyCanceledSubscription' })
    expect(await polar.subscriptions.get(id)).toMatchObject({ seats: 4, amount: 4_000 })
  })
})

describe('the portal of a team', () => {
  async function openPortal(): Promise<string> {
    const { items } = await running.polar.customers.members.listExternal('acme', { role: 'owner' })
    const session = await running.polar.customerSessions.create({
      external_customer_id: 'acme',
      member_id: items[0]?.id ?? null,
    })
    return session.customer_portal_url
  }

  it('has to be told which member it is for', async () => {
    const { polar } = await subscribe()
    expect(await polar.customers.getExternal('acme')).toMatchObject({ type: 'team' })
    expect(await refusalOf(polar.customerSessions.create({ external_customer_id: 'acme' }))).toMatchObject({
      status: 422,
      detail: [{ loc: ['body', 'member_id'], msg: 'member_id is required for team customers.' }],
    })
    expect(await openPortal()).toContain('customer_session_token=polar_mst_')
  })

  it('the owner gives seats, sends again and revokes; who is invited takes one, and sees no bills', async () => {
    await subscribe(2)
    const portal = await openPortal()
    await portalForm(portal, `/subscriptions/${id}/seats`, { email: 'bob@acme.example' })
    const page = await (await fetch(portal)).text()
    expect(page).toContain('1 of 2 seats free')
    const { url } = invitation('bob@acme.example')
    expect(page).toContain(url.replaceAll('&', '&amp;'))

    expect(await (await fetch(url)).text()).toContain('You have been given a seat of Team')
    const { origin, pathname, searchParams } = new URL(url)
    const taken = await submit(origin + pathname, Object.fromEntries(searchParams))
    expect(taken.status).toBe(303)
    expect((await list()).seats).toMatchObject([{ status: 'claimed' }])
    const memberPortal = new URL(taken.headers.get('location') ?? '', origin)
    const memberPage = await (await fetch(memberPortal)).text()
    expect(memberPage).toContain('Your seats')
    expect(memberPage).not.toContain('Orders')
    expect((await portalForm(memberPortal.href, `/subscriptions/${id}/cancel`)).status).toBe(401)
    expect((await running.polar.subscriptions.get(id)).cancel_at_period_end).toBe(false)
    expect((await fetch(url)).status).toBe(400)

    const [seat] = (await list()).seats
    await portalForm(portal, `/seats/${seat?.id}/revoke`)
    expect((await list()).available_seats).toBe(2)
    expect((await portalForm(portal, `/seats/${seat?.id}/revoke`)).status).toBe(400)
  })
})
