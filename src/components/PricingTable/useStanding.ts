'use client'
import { useBilling } from '../../context.js'
import { useBillingStatus } from '../../hooks/useBillingStatus.js'
import { useSubscription } from '../../hooks/useSubscription.js'
import { holdsPlan, type Standing } from './planVerb.js'

/** Where the organization stands: `null` signed out, `undefined` while it is not known. */
export function useStanding(): { standing: Standing | null | undefined; standingError: unknown } {
  const { organizationId } = useBilling()
  const { data: status, failureReason, errorUpdateCount } = useBillingStatus()
  const subscription = useSubscription()
  if (organizationId === null) return { standing: null, standingError: null }
  const standingError = failureReason ?? errorUpdateCount
  if (!status) return { standing: undefined, standingError }
  // Who has a plan may have it by the year, or a change that waits.
  const isReading =
    holdsPlan(status) && !subscription.data && !subscription.failureReason && !subscription.errorUpdateCount
  return {
    standing: isReading ? undefined : { status, subscription: subscription.data },
    standingError: null,
  }
}
