import { isConfirming } from '../../contract/isConfirming.js'
import type { BillingStatus } from '../../contract/status.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import { periodEndOf } from '../periodEnd.js'

/** What a notice is picked from: status and subscription in one. */
export interface NoticeStanding
  extends
    Pick<BillingStatus, 'status' | 'cancelAtPeriodEnd' | 'graceEndsAt' | 'asOf' | 'stale'>,
    Pick<CompleteSubscription, 'pauseAtPeriodEnd' | 'resumesAt'> {
  /** Whether the plan may be used; where nobody said, it may. */
  isActive: boolean
  /** When a running plan or trial ends or renews. */
  endsAt: string | null
  /** Somebody is waiting for a checkout to be confirmed. */
  isConfirming: boolean
}

/** `undefined` while neither is known. */
export function toNoticeStanding(
  status: BillingStatus | undefined,
  subscription: CompleteSubscription | undefined,
): NoticeStanding | undefined {
  const standing = status ?? subscription
  if (!standing) return undefined
  // A subscription that was read at another moment, in another state, says nothing of this one.
  const details = subscription?.status === standing.status ? subscription : undefined
  const { cancelAtPeriodEnd, graceEndsAt, asOf, stale } = standing
  const isActive = status?.isActive ?? true
  return {
    status: standing.status,
    cancelAtPeriodEnd,
    graceEndsAt,
    asOf,
    stale,
    pauseAtPeriodEnd: details?.pauseAtPeriodEnd ?? false,
    resumesAt: details?.resumesAt ?? null,
    isActive,
    endsAt: status?.expiresAt ?? (details ? periodEndOf(details) : null),
    isConfirming: status !== undefined && isConfirming(status),
  }
}
