import type { Hono } from 'hono'
import * as z from 'zod/mini'
import { email } from '../api/schemas.js'
import { memberWithEmail } from '../billing/members.js'
import {
  assertAvailable,
  assertUnassigned,
  assignSeat,
  resendInvitation,
  revokeSeat,
  sourceOf,
} from '../billing/seats.js'
import { check } from '../core/check.js'
import { notFound } from '../core/errors.js'
import type { CustomerRow, SeatRow, SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { act, ownSubscription, portalPath } from './portalSession.js'

const seatForm = z.object({ email })

/** What the owner does with the seats of a subscription. */
export function mountPortalSeats(app: Hono, world: World): void {
  const base = portalPath(world)
  const ownSeat = (customer: CustomerRow, id: string): SeatRow => {
    const seat = world.db.seats.get(id)
    if (seat === undefined || seat.customer_id !== customer.id) throw notFound()
    return seat
  }

  app.post(`${base}/subscriptions/:id/seats`, (c) =>
    act(c, world, (customer, form) => {
      const row = ownSubscription(world, customer, c)
      if (row !== undefined) invite(world, row, check(seatForm, form).email)
    }),
  )
  app.post(`${base}/seats/:id/revoke`, (c) =>
    act(c, world, (customer) => revokeSeat(world, ownSeat(customer, c.req.param('id')))),
  )
  app.post(`${base}/seats/:id/resend`, (c) =>
    act(c, world, (customer) => resendInvitation(world, ownSeat(customer, c.req.param('id')))),
  )
}

function invite(world: World, row: SubscriptionRow, address: string): void {
  const source = sourceOf(world, { subscription_id: row.id, order_id: null })
  if (source === undefined) throw notFound()
  assertAvailable(world, source)
  assertUnassigned(world, source, address)
  const member = memberWithEmail(world, source.customer, address, null)
  assignSeat(world, source, { member, email: address, metadata: {}, isClaimed: false })
}
