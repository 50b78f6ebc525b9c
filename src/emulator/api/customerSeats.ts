import type { models } from '@polar-sh/sdk/2026-10'
import type { Context } from 'hono'
import { memberWithEmail, membersOf } from '../billing/members.js'
import {
  assertAvailable,
  assertUnassigned,
  assignSeat,
  availableSeats,
  claimSeat,
  invitedSeat,
  resendInvitation,
  revokeSeat,
  type SeatSource,
  sourceOf,
} from '../billing/seats.js'
import { seatsOf } from '../billing/seatScope.js'
import { createSession } from '../billing/sessions.js'
import { required } from '../core/database.js'
import { ApiError } from '../core/errors.js'
import type { MemberRow, SeatRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { toSeat } from '../serialize/seat.js'
import { readBody } from './body.js'
import { type Mount, pathId } from './http.js'
import { Query } from './query.js'
import { type SeatAssignBody, seatAssign, seatClaim } from './seatSchemas.js'

/** Seats of subscriptions and orders. Whoever answers an invitation needs no token of the merchant's. */
export const mountCustomerSeats: Mount = (api, world) => {
  const toModel = (row: SeatRow): models.CustomerSeat => toSeat(row, world.db)
  const byId = (c: Context): SeatRow => world.db.seats.get(pathId(c)) ?? notFound('Seat not found')

  api.get('/customer-seats', (c) => {
    const query = new Query(c)
    const [subscriptionId = null] = query.ids('subscription_id') ?? []
    const [orderId = null] = query.ids('order_id') ?? []
    const source = findSource(world, subscriptionId, orderId)
    return c.json({
      seats: seatsOf(world.db, source.scope).map(toModel),
      available_seats: availableSeats(world, source),
      total_seats: source.total,
    } satisfies models.SeatsList)
  })
  api.post('/customer-seats', async (c) => c.json(toModel(assign(world, await readBody(c, seatAssign)))))
  api.delete('/customer-seats/:id', (c) => {
    const seat = byId(c)
    revokeSeat(world, seat)
    return c.json(toModel(seat))
  })
  api.post('/customer-seats/:id/resend', (c) => {
    const seat = byId(c)
    resendInvitation(world, seat)
    return c.json(toModel(seat))
  })
  api.get('/customer-seats/claim/:token', (c) => c.json(claimInfo(world, c.req.param('token'))))
  api.post('/customer-seats/claim', async (c) => {
    const { invitation_token: token } = await readBody(c, seatClaim)
    const seat = claimSeat(world, token)
    const customer = required(world.db.customers, seat.customer_id ?? '')
    const session = createSession(world, customer, null, seat.member_id)
    return c.json({
      seat: toModel(seat),
      customer_session_token: session.token,
    } satisfies models.CustomerSeatClaimResponse)
  })
}

function findSource(world: World, subscriptionId: string | null, orderId: string | null): SeatSource {
  if (subscriptionId === null && orderId === null)
    throw new ApiError(400, 'BadRequest', 'Either subscription_id or order_id must be provided')
  const scope =
    subscriptionId === null
      ? { subscription_id: null, order_id: orderId }
      : { subscription_id: subscriptionId, order_id: null }
  const what = subscriptionId === null ? 'Order' : 'Subscription'
  return sourceOf(world, scope) ?? notFound(`${what} not found`)
}

/** Which seat is whose is told by the e-mail: nobody becomes a customer by being given one. */
function assign(world: World, body: SeatAssignBody): SeatRow {
  const subscriptionId = body.subscription_id?.toLowerCase() ?? null
  const source = findSource(world, subscriptionId, body.order_id?.toLowerCase() ?? null)
  assertAvailable(world, source)
  const { member, email } = recipientOf(world, source, body)
  return assignSeat(world, source, {
    member,
    email,
    metadata: body.metadata ?? {},
    isClaimed: body.immediate_claim,
  })
}

function recipientOf(
  world: World,
  source: SeatSource,
  body: SeatAssignBody,
): { member: MemberRow; email: string } {
  const { email = null, member_id: memberId = null, external_member_id: externalId = null } = body
  if ((body.customer_id ?? body.external_customer_id ?? null) !== null)
    throw unclear('Only email is supported when member_model_enabled is true.')
  const known = membersOf(world.db, source.customer).find((member) =>
    memberId === null ? externalId !== null && member.external_id === externalId : member.id === memberId,
  )
  const address = known?.email ?? email
  if (address === null) {
    if (memberId === null && externalId === null) throw unclear('Exactly one recipient must be provided')
    return notFound('Member not found')
  }
  assertUnassigned(world, source, address)
  const member = known ?? memberWithEmail(world, source.customer, address, externalId)
  return { member, email: address }
}

function claimInfo(world: World, token: string): models.SeatClaimInfo {
  const seat = invitedSeat(world, token) ?? notFound('Invalid or expired invitation token')
  const { product } = sourceOf(world, seat) ?? notFound('Seat has no subscription or order')
  return {
    product_name: product.name,
    product_id: product.id,
    organization_name: world.organization.name,
    organization_slug: world.organization.slug,
    customer_email: seat.email ?? '',
    can_claim: true,
  }
}

function unclear(detail: string): ApiError {
  return new ApiError(400, 'InvalidSeatAssignmentRequest', detail)
}

function notFound(detail: string): never {
  throw new ApiError(404, 'ResourceNotFound', detail)
}
