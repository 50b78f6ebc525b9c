import type { Hono } from 'hono'
import { html } from 'hono/html'
import { claimSeat, invitedSeat, sourceOf } from '../billing/seats.js'
import { createSession } from '../billing/sessions.js'
import { required } from '../core/database.js'
import type { SeatRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { readForm } from './form.js'
import { type Markup, messagePage, page } from './layout.js'
import { openPortal, portalPath } from './portalSession.js'

/** The page behind the link of an invitation. To look at it changes nothing: mail scanners open every link. */
export function mountSeatClaim(app: Hono, world: World): void {
  const path = `${portalPath(world)}/claim`
  const over = {
    title: 'This invitation is no longer valid',
    text: 'It was answered, taken back, or is older than a day. Ask for a new one.',
    status: 400,
  } as const

  app.get(path, (c) => {
    const seat = invitedSeat(world, c.req.query('invitation_token') ?? '')
    if (seat === undefined) return messagePage(c, over)
    return page(c, { title: `Invitation | ${world.organization.name}`, body: invitationView(world, seat) })
  })
  app.post(path, async (c) => {
    const { invitation_token: token } = await readForm(c)
    const seat = typeof token === 'string' ? invitedSeat(world, token) : undefined
    if (seat?.invitationToken === undefined || seat.invitationToken === null) return messagePage(c, over)
    claimSeat(world, seat.invitationToken)
    const customer = required(world.db.customers, seat.customer_id ?? '')
    return openPortal(c, world, createSession(world, customer, null, seat.member_id).token)
  })
}

function invitationView(world: World, seat: SeatRow): Markup {
  const source = sourceOf(world, seat)
  return html`<main class="message">
    <h1>You have been given a seat of ${source?.product.name}</h1>
    <p class="muted">${source?.customer.email} invites ${seat.email}.</p>
    <form class="stack" method="post" action="claim">
      <input type="hidden" name="invitation_token" value="${seat.invitationToken}" />
      <button class="primary">Take the seat</button>
    </form>
  </main>`
}
