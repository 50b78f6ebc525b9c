import { required } from '../core/database.js'
import { ApiError } from '../core/errors.js'
import { newId, newToken } from '../core/ids.js'
import type { CustomerRow, MemberRow, ProductRow, SeatRow, SubscriptionRow } from '../core/rows.js'
import { DAY, at, iso } from '../core/time.js'
import { type World, timestamp, touch } from '../core/world.js'
import { toOwner } from '../serialize/customer.js'
import { toSeat } from '../serialize/seat.js'
import { emit } from '../webhooks/emit.js'
import { syncGrants, syncOrderGrants } from './grants.js'
import { type SeatScope, assignedSeats, seatsOf } from './seatScope.js'

const INVITATION_LIFETIME = DAY

/** What seats belong to. */
export interface SeatSource {
  scope: SeatScope
  customer: CustomerRow
  product: ProductRow
  /** How many were bought. */
  total: number
  isPaid: boolean
}

export function sourceOf({ db }: World, scope: SeatScope): SeatSource | undefined {
  const { subscription_id: subscriptionId, order_id: orderId } = scope
  const row = db.subscriptions.get(subscriptionId ?? '') ?? db.orders.get(orderId ?? '')
  if (row === undefined) return undefined
  return {
    scope,
    customer: required(db.customers, row.customer_id),
    product: required(db.products, row.product_id ?? ''),
    total: row.seats ?? 0,
    isPaid: !('paid' in row) || row.paid,
  }
}

export function availableSeats({ db }: World, { scope, total }: SeatSource): number {
  return Math.max(0, total - assignedSeats(db, scope).length)
}

export function assertAvailable(world: World, source: SeatSource): void {
  const refuse = (detail: string) => new ApiError(400, 'SeatNotAvailable', detail)
  if (!source.isPaid) throw refuse('Order must be paid before assigning seats')
  const id = source.scope.subscription_id ?? source.scope.order_id
  if (availableSeats(world, source) === 0) throw refuse(`No available seats for ${id}`)
}

/** Whether the e-mail is free, whatever case it is written in. */
export function assertUnassigned({ db }: World, { scope }: SeatSource, email: string): void {
  const taken = assignedSeats(db, scope).some((seat) => seat.email?.toLowerCase() === email.toLowerCase())
  if (taken) throw new ApiError(400, 'SeatAlreadyAssigned', `Seat already assigned to customer ${email}`)
}

interface Assignment {
  member: MemberRow
  email: string
  metadata: Record<string, unknown>
  /** Without an invitation. */
  isClaimed: boolean
}

/** Gives a seat to a member. A revoked one is used again, with its id. */
export function assignSeat(world: World, { scope, customer }: SeatSource, given: Assignment): SeatRow {
  const revoked = seatsOf(world.db, scope).find(({ status }) => status === 'revoked')
  const now = timestamp(world)
  const seat: SeatRow = Object.assign(revoked ?? { id: newId(), created_at: now, modified_at: null }, {
    subscription_id: scope.subscription_id,
    order_id: scope.order_id,
    status: given.isClaimed ? ('claimed' as const) : ('pending' as const),
    customer_id: customer.id,
    member_id: given.member.id,
    email: given.email,
    seat_metadata: given.metadata,
    claimed_at: given.isClaimed ? now : null,
    revoked_at: null,
    invitationToken: given.isClaimed ? null : newToken(''),
    invitation_token_expires_at: given.isClaimed ? null : iso(world.clock.now() + INVITATION_LIFETIME),
    invitedAt: given.isClaimed ? null : now,
  })
  world.db.seats.set(seat.id, seat)
  if (revoked !== undefined) touch(world, seat)
  announce(world, seat, given.isClaimed ? 'claimed' : 'assigned')
  if (given.isClaimed) syncBenefits(world, seat)
  return seat
}

/** The owner of a subscription that has just got seats takes the first one. */
export function claimOwnSeat(world: World, row: SubscriptionRow): void {
  const source = sourceOf(world, { subscription_id: row.id, order_id: null })
  if (source === undefined) return
  const member = toOwner(source.customer)
  assignSeat(world, source, { member, email: member.email, metadata: {}, isClaimed: true })
}

/** The seat of an invitation that can still be answered. */
export function invitedSeat(world: World, token: string): SeatRow | undefined {
  const seat = Array.from(world.db.seats.values()).find(({ invitationToken }) => invitationToken === token)
  const expiresAt = seat?.invitation_token_expires_at ?? null
  return expiresAt === null || at(expiresAt) < world.clock.now() ? undefined : seat
}

export function claimSeat(world: World, token: string): SeatRow {
  const seat = invitedSeat(world, token)
  if (seat === undefined)
    throw new ApiError(400, 'InvalidInvitationToken', 'Invalid or expired invitation token')
  seat.status = 'claimed'
  seat.claimed_at = timestamp(world)
  seat.invitationToken = null
  touch(world, seat)
  syncBenefits(world, seat)
  announce(world, seat, 'claimed')
  return seat
}

/** Takes a seat away. What is left of it says nothing of who had it. */
export function revokeSeat(world: World, seat: SeatRow): void {
  seat.status = 'revoked'
  seat.revoked_at = timestamp(world)
  seat.customer_id = null
  seat.member_id = null
  seat.email = null
  seat.invitationToken = null
  touch(world, seat)
  announce(world, seat, 'revoked')
  syncBenefits(world, seat)
}

/** The subscription is over, and with it what its members have. */
export function revokeSeats(world: World, scope: SeatScope): void {
  for (const seat of assignedSeats(world.db, scope)) revokeSeat(world, seat)
}

/** Sends the same invitation once more: it ends when it would have ended. */
export function resendInvitation(world: World, seat: SeatRow): void {
  if (seat.status !== 'pending') throw new ApiError(400, 'SeatNotPending', 'Seat is not in pending status')
  seat.invitedAt = timestamp(world)
}

function announce(world: World, seat: SeatRow, what: 'assigned' | 'claimed' | 'revoked'): void {
  emit(world, `customer_seat.${what}`, toSeat(seat, world.db))
}

function syncBenefits(world: World, seat: SeatRow): void {
  const subscription = world.db.subscriptions.get(seat.subscription_id ?? '')
  const order = world.db.orders.get(seat.order_id ?? '')
  if (subscription !== undefined) syncGrants(world, subscription)
  if (order !== undefined) syncOrderGrants(world, order)
}
