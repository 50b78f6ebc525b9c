'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useBilling } from '../context.js'
import type { BillingError } from '../contract/errors.js'
import type { Seats, SeatsUpdate } from '../contract/seats.js'
import type { billingQueryKey } from '../query/config.js'
import { seatsQueryOptions, updateSeatsMutationOptions } from '../query/seats.js'
import { useRead } from './fromFactory.js'
import { type ProgressOf, useProgress } from './useProgress.js'
import { useRetry } from './useRetry.js'

type SeatAction = 'assign' | `${'revoke' | 'resend'} ${string}`

/** How each action is coming along, or why it failed: `progress.assign`, ``progress[`revoke ${seat.id}`]``. */
export type SeatsProgress = ProgressOf<SeatAction>

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
  const [progress, run] = useProgress<SeatAction>(config.organizationId)
  const update = (action: SeatAction, input: SeatsUpdate) => run(action, () => mutateAsync(input))
  return {
    data,
    error: failureReason ?? error,
    refetch,
    assign: (email) => update('assign', { action: 'assign', email }),
    revoke: (seatId) => update(`revoke ${seatId}`, { action: 'revoke', seatId }),
    resend: (seatId) => update(`resend ${seatId}`, { action: 'resend', seatId }),
    progress,
  }
}
