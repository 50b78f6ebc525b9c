import type { BillingStatus } from '../../contract/status.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import type { CompleteMeterUsage, CompleteUsage } from '../../contract/usage.js'
import { daysUntil } from '../../format/relativeDay.js'
import { metersAtLimit, metersNearLimit } from './meterLimits.js'
import { type NoticeStanding, toNoticeStanding } from './noticeStanding.js'

/** What somebody who pays should know. `at` is ISO 8601; `null`: never, or nobody said. `meters` are the names of those it is about. */
export type BillingNotice = { readonly meters: readonly string[] } & (
  | {
      readonly kind: 'past_due' | 'access_ended' | 'cancel_scheduled' | 'pause_scheduled'
      /** When it happens, or happened. */
      readonly at: string | null
    }
  | {
      readonly kind: 'paused' | 'stale'
      /** When it goes on by itself; when it was last known. */
      readonly at: string | null
    }
  | { readonly kind: 'trial_ending'; readonly at: string }
  | { readonly kind: 'incomplete' | 'limit_reached' | 'near_limit'; readonly at: null }
)

export type NoticeKind = BillingNotice['kind']

export interface NoticeOptions {
  /** So many calendar days before its end a trial is a notice. @default 3 */
  trialEndingDays?: number | undefined
  /** The share of a limit from which it is a notice. @default 0.8 */
  nearAt?: number | undefined
  /** IANA: whose calendar the days are of. @default 'UTC' */
  timeZone?: string | undefined
}

/** The most urgent notice. What is not known (`undefined`) is none. */
export function pickNotice(
  status: BillingStatus | undefined,
  subscription: CompleteSubscription | undefined,
  usage: CompleteUsage | undefined,
  now: Date,
  options: NoticeOptions = {},
): BillingNotice | null {
  const standing = toNoticeStanding(status, subscription)
  return (
    (standing && noticeOfStop(standing, now)) ??
    noticeOfMeters('limit_reached', usage && metersAtLimit(usage)) ??
    (standing && noticeOfEnd(standing, now, options)) ??
    noticeOfMeters('near_limit', usage && metersNearLimit(usage, options.nearAt ?? 0.8)) ??
    noticeOfAge(standing, usage)
  )
}

/** The plan cannot be used, or not for long. */
function noticeOfStop(
  { status, graceEndsAt, isActive, isConfirming, resumesAt }: NoticeStanding,
  now: Date,
): BillingNotice | null {
  if (status === 'past_due') {
    if (isPast(graceEndsAt, now)) return { kind: 'access_ended', at: graceEndsAt, meters: [] }
    return isActive
      ? { kind: 'past_due', at: graceEndsAt, meters: [] }
      : { kind: 'access_ended', at: null, meters: [] }
  }
  // Whoever comes back from the checkout is told by what waits for it.
  if (status === 'incomplete' && !isConfirming) return { kind: 'incomplete', at: null, meters: [] }
  return status === 'paused' ? { kind: 'paused', at: resumesAt, meters: [] } : null
}

/** The plan runs, and not forever. What should have ended by now is told by the next answer. */
function noticeOfEnd(
  { status, cancelAtPeriodEnd, pauseAtPeriodEnd, endsAt }: NoticeStanding,
  now: Date,
  { trialEndingDays = 3, timeZone }: NoticeOptions,
): BillingNotice | null {
  if ((status !== 'active' && status !== 'trialing') || isPast(endsAt, now)) return null
  if (cancelAtPeriodEnd) return { kind: 'cancel_scheduled', at: endsAt, meters: [] }
  if (pauseAtPeriodEnd) return { kind: 'pause_scheduled', at: endsAt, meters: [] }
  if (status !== 'trialing' || endsAt === null) return null
  const isSoon = daysUntil(endsAt, now, timeZone) <= trialEndingDays
  return isSoon ? { kind: 'trial_ending', at: endsAt, meters: [] } : null
}

function noticeOfMeters(
  kind: 'limit_reached' | 'near_limit',
  meters: CompleteMeterUsage[] = [],
): BillingNotice | null {
  return meters.length === 0 ? null : { kind, at: null, meters: meters.map(({ name }) => name) }
}

function noticeOfAge(
  standing: NoticeStanding | undefined,
  usage: CompleteUsage | undefined,
): BillingNotice | null {
  if (standing?.stale) return { kind: 'stale', at: standing.asOf, meters: [] }
  return usage?.stale ? { kind: 'stale', at: usage.generatedAt, meters: [] } : null
}

function isPast(moment: string | null, now: Date): boolean {
  return moment !== null && Date.parse(moment) <= now.getTime()
}
