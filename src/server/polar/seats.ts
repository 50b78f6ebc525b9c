import { PolarClientError } from '@polar-sh/sdk'
import type { models, PolarCore } from '@polar-sh/sdk/2026-10'
import {
  assignSeatCustomerSeats,
  listSeatsCustomerSeats,
  resendInvitationCustomerSeats,
  revokeSeatCustomerSeats,
} from '@polar-sh/sdk/2026-10/services/customer_seats'
import {
  BillingError,
  isBillingError,
  type Seat,
  type Seats,
  type SeatsUpdate,
} from '../../contract/index.js'
import type { SeatSubscription } from '../provider.js'
import { UnknownOutcomeError } from '../unknownOutcomeError.js'
import { callPolar, DEFAULT_RETRY_AFTER, refusalOf, rejectedFields } from './callPolar.js'
import { expectNumber } from './expect.js'
import { ORGANIZATION_KEY } from './checkouts.js'
import { iso } from './mapping.js'

export async function listSeats(core: PolarCore, subscriptionId: string): Promise<Seats> {
  const { seats, total_seats, available_seats } = await readSeats(core, subscriptionId)
  return {
    seats: seats.map(toSeat),
    total: expectNumber(total_seats),
    available: expectNumber(available_seats),
  }
}

export async function updateSeats(
  core: PolarCore,
  subscription: SeatSubscription,
  update: SeatsUpdate,
): Promise<Seats> {
  if (update.action === 'assign') await assign(core, subscription, update.email)
  else await change(core, subscription, update)
  return listSeats(core, subscription.subscriptionId).catch((cause: unknown) => {
    throw unknownOutcome('The seats have changed, but cannot be read now: load them again.', cause)
  })
}

/** The seats that somebody has. Polar keeps those that were taken away, to use them again, and lists them in no order. */
function readSeats(core: PolarCore, subscriptionId: string): Promise<models.SeatsList> {
  return callPolar('Reading the seats', async () => {
    const { seats, ...counts } = await listSeatsCustomerSeats(core)({ subscription_id: subscriptionId })
    const held = seats.filter(({ status }) => status !== 'revoked')
    return { ...counts, seats: held.toSorted((a, b) => a.created_at.localeCompare(b.created_at)) }
  })
}

function toSeat(seat: models.CustomerSeat): Seat {
  const isClaimed = seat.status === 'claimed'
  return {
    id: seat.id,
    email: seat.email ?? seat.member?.email ?? seat.customer_email,
    status: isClaimed ? 'claimed' : 'pending',
    claimedAt: isClaimed ? iso(seat.claimed_at) : null,
    invitationExpiresAt: isClaimed ? null : iso(seat.invitation_token_expires_at),
  }
}

/** Polar decides whether there is one: whatever was read before may be old. */
function assign(core: PolarCore, subscription: SeatSubscription, email: string): Promise<void> {
  const { subscriptionId, organizationId } = subscription
  return callPolar('Giving a seat', async () => {
    await assignSeatCustomerSeats(core)({
      subscription_id: subscriptionId,
      email,
      metadata: { [ORGANIZATION_KEY]: organizationId },
    }).catch((error: unknown) => {
      const rejected = rejectedFields(error).find(({ field }) => field === 'body.email')
      if (rejected !== undefined) throw new BillingError('BAD_REQUEST', `email: ${rejected.reason}`)
      throw explain(error)
    })
  })
}

async function change(
  core: PolarCore,
  subscription: SeatSubscription,
  { action, seatId }: Exclude<SeatsUpdate, { action: 'assign' }>,
): Promise<void> {
  // Polar's token may touch the seats of every organization.
  const { seats } = await readSeats(core, subscription.subscriptionId)
  const seat = seats.find(({ id }) => id === seatId)
  if (seat === undefined) throw noSuchSeat()
  if (action === 'revoke') await revoke(core, seatId)
  else await resend(core, subscription, toSeat(seat))
}

function revoke(core: PolarCore, seatId: string): Promise<void> {
  return callPolar('Taking a seat away', async () => {
    await revokeSeatCustomerSeats(core)(seatId).catch((error: unknown) => {
      throw explain(error)
    })
  })
}

/** Polar sends the same invitation again, which ends when it would have ended: after that it takes a new one. */
async function resend(core: PolarCore, subscription: SeatSubscription, seat: Seat): Promise<void> {
  const { id, email, invitationExpiresAt } = seat
  const hasEnded = invitationExpiresAt !== null && new Date(invitationExpiresAt) <= subscription.now
  if (hasEnded && email !== null) {
    await revoke(core, id)
    return assign(core, subscription, email).catch((cause: unknown) => {
      if (isBillingError(cause) && cause.status < 500) throw cause
      throw unknownOutcome(
        'The invitation had ended and was taken back, but no new one is known to be sent: look, and give the seat again.',
        cause,
      )
    })
  }
  return callPolar('Sending an invitation again', async () => {
    await resendInvitationCustomerSeats(core)(id).catch((error: unknown) => {
      throw explain(error)
    })
  })
}

/** What Polar refuses with, and what to do about it. */
function explain(error: unknown): unknown {
  switch (refusalOf(error)?.name) {
    case 'SeatNotAvailable':
      return new BillingError('CONFLICT', 'No seat is left: buy more seats, or take one back first.')
    case 'SeatAlreadyAssigned':
      return new BillingError('CONFLICT', 'This e-mail has a seat already, or is invited to one.')
    case 'SeatNotPending':
      return new BillingError('CONFLICT', 'The invitation was accepted: there is nothing to send again.')
    case 'ResourceNotFound':
      return noSuchSeat()
    default:
      return withOutcome(error)
  }
}

/** A refusal, 429 among them, has changed nothing. Of anything else nobody knows. */
function withOutcome(error: unknown): unknown {
  if (error instanceof PolarClientError) return error
  return unknownOutcome(
    'The payment provider did not say whether the seats have changed: look at them before you try again.',
    error,
  )
}

function unknownOutcome(message: string, cause: unknown): UnknownOutcomeError {
  return new UnknownOutcomeError(message, { cause, retryAfter: DEFAULT_RETRY_AFTER })
}

function noSuchSeat(): BillingError {
  return new BillingError('NOT_FOUND', 'There is no such seat: it was taken back, or never was there.')
}
