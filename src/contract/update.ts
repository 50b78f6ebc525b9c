import type { SellablePlanId } from './register.js'

/** Why somebody cancels: the provider's own list. */
export const CANCELLATION_REASONS = [
  'too_expensive',
  'missing_features',
  'switched_service',
  'unused',
  'customer_service',
  'low_quality',
  'too_complex',
  'other',
] as const

/** How long a comment to a cancellation may be, in characters. */
export const CANCELLATION_COMMENT_LENGTH = 1_000

/** One of `CANCELLATION_REASONS`. */
export type CancellationReason = (typeof CANCELLATION_REASONS)[number]

/** `now` is charged at once, less what is left of the present plan; `period_end` costs nothing before the next period. */
export type ChangeMoment = 'now' | 'period_end'

/**
 * What to do with the subscription:
 *
 * - `change`: to another plan or interval. A change to what they have takes back one that waits for the end of the period.
 * - `seats`: to another number of seats, 1,000,000 at most.
 * - `cancel`: at the end of the period.
 * - `pause`: at the end of the period, until `resumesAt` (ISO 8601) or somebody resumes.
 * - `resume`: undoes what stops it: a scheduled cancel or pause, or the pause.
 */
export type SubscriptionUpdate =
  | {
      action: 'change'
      planType: SellablePlanId
      /** @default the present one, where the plan has it */
      interval?: 'month' | 'year' | undefined
      /** @default 'now' */
      when?: ChangeMoment | undefined
    }
  | { action: 'seats'; seats: number; /** @default 'now' */ when?: ChangeMoment | undefined }
  | { action: 'cancel'; reason?: CancellationReason | undefined; comment?: string | undefined }
  | { action: 'pause'; resumesAt?: string | undefined }
  | { action: 'resume' }
