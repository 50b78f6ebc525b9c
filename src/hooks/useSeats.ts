'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useBilling } from '../context.js'
import type { BillingError } from '../contract/errors.js'
import type { Seat, Seats } from '../contract/seats.js'
import type { billingQueryKey } from '../query/config.js'
import { seatsQueryOptions, updateSeatsMutationOptions } from '../query/seats.js'
import { useRead } from './fromFactory.js'
import { type ProgressOf, useProgress } from './useProgress.js'
import { useRetry } from './useRetry.js'

const ACTIONS = ['revoke', 'resend'] as const
type SeatAction = (typeof ACTIONS)[number]

/** How each action is coming along, or why it failed: `progress.assign`, ``progress[`revoke ${seat.id}`]``. */
export type SeatsProgress = ProgressOf<'assign' | `${SeatAction} ${string}`>

export interface SeatsResult {
  /** `undefined` until it could be read. A plan without seats has a `total` of 0. */
  data: Seats | undefined
  /** Why the list could not be read; the first failure shows, while the query goes on trying. */
  error: BillingError | null
  /** Reads the list again, at once. */
  refetch: () => void
  /** Invites somebody. This and the next two resolve with whether it went well; they never reject. */
  assign: (email: string) => Promise<boolean>
  /** Takes a seat back. */
  revoke: (seatId: string) => Promise<boolean>
  /** Sends the invitation again. */
  resend: (seatId: string) => Promise<boolean>
  progress: SeatsProgress
}

/** Who has the seats of the subscription, and what can be done with them. */
export function useSeats(): SeatsResult {
  const config = useBilling()
  const { data, error, failureReason } = useRead<Seats, Seats, ReturnType<typeof billingQueryKey>>(
    seatsQueryOptions,
    undefined,
  )
  const { mutateAsync } = useMutation(updateSeatsMutationOptions(config, useQueryClient()))
  const refetch = useRetry(seatsQueryOptions(config).queryKey)
  const [known, run, forget] = useProgress<string>(config.organizationId)
  const seats = data?.seats ?? []
  const keyOf = (action: SeatAction, seatId: string): string =>
    personalKey(action, seats.find(({ id }) => id === seatId) ?? { id: seatId, email: null })
  const change = (action: SeatAction, seatId: string): Promise<boolean> =>
    run(keyOf(action, seatId), () => mutateAsync({ action, seatId }))
  return {
    data,
    error: failureReason ?? error,
    refetch,
    assign: (email) => run('assign', () => mutateAsync({ action: 'assign', email })),
    revoke: async (seatId) => {
      const isRevoked = await change('revoke', seatId)
      // Whoever comes back begins anew.
      if (isRevoked) for (const action of ACTIONS) forget(keyOf(action, seatId))
      return isRevoked
    },
    resend: (seatId) => change('resend', seatId),
    progress: progressOf(seats, known),
  }
}

/** A provider may give a seat that was taken back again with its id: what was done with it is about the one who had it. */
function personalKey(action: SeatAction, { id, email }: Pick<Seat, 'id' | 'email'>): string {
  return `${action} ${id} ${email}`
}

function progressOf(seats: Seat[], known: ProgressOf<string>): SeatsProgress {
  const ofSeats = seats.flatMap((seat) =>
    ACTIONS.map((action) => [`${action} ${seat.id}`, known[personalKey(action, seat)]]),
  )
  return { assign: known['assign'], ...(Object.fromEntries(ofSeats) as SeatsProgress) }
}
