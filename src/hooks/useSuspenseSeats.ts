'use client'
import type { UseSuspenseQueryResult } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { Seats } from '../contract/seats.js'
import { seatsQueryOptions } from '../query/seats.js'
import { type SuspenseReadOptions, useSuspenseRead } from './useSuspenseRead.js'

/**
 * The list of `useSeats` for `<Suspense>`: `data` is always there. What can be done with the seats is `useSeats`'. For signed-in pages:
 * without an organization it throws `UNAUTHORIZED`.
 */
export function useSuspenseSeats<Data = Seats>(
  options?: SuspenseReadOptions<Seats, Data>,
): UseSuspenseQueryResult<Data, BillingError> {
  return useSuspenseRead(seatsQueryOptions, options)
}
