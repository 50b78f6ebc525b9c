/** How many seats a checkout sells at most: the provider's own limit. */
export const MAX_CHECKOUT_SEATS = 10_000

/** How many seats may be asked for later. The provider knows no limit but the price's; more than this is a slip of the hand. */
export const MAX_SEATS = 1_000_000

/** One seat of a subscription that was given to somebody. */
export interface Seat {
  id: string
  /** Whom it was given to; `null` if the provider does not say. */
  email: string | null
  /** `pending`: invited, and not answered yet. */
  status: 'pending' | 'claimed'
  claimedAt: string | null
  /** Until when the invitation may be answered, then it has to be sent again; `null` once claimed. */
  invitationExpiresAt: string | null
}

/** The seats of the subscription. A plan without seats has a `total` of 0. */
export interface Seats {
  seats: Seat[]
  /** How many are paid for. */
  total: number
  /** How many of them nobody has. */
  available: number
}

export type SeatsUpdate =
  | { action: 'assign'; email: string }
  | { action: 'revoke'; seatId: string }
  /** Sends the invitation again. */
  | { action: 'resend'; seatId: string }
