'use client'
import { useBilling } from '../context.js'
import { checkFeature, checkMeter, type Entitlement, type MeterAmount } from '../contract/entitlement.js'
import type { FeatureId } from '../contract/register.js'
import { useBillingStatus } from './useBillingStatus.js'
import { useUsage } from './useUsage.js'

export interface EntitlementOptions {
  /** What `allowed` is for the reason `unknown`. @default neither: `allowed` stays `undefined` */
  whenUnknown?: 'allow' | 'deny' | undefined
}

export interface EntitlementResult {
  /** `undefined`: not known, now or at all. It is never `false` while loading. */
  allowed: boolean | undefined
  /** The reasons of `Entitlement`, and `signed_out`: there is no organization, and nothing is allowed. */
  reason: Entitlement['reason'] | 'signed_out'
  /** It will be known shortly. */
  isPending: boolean
}

/**
 * Whether the organization may use a feature, `useEntitlement('api')`, or so many units of a meter,
 * `useEntitlement({ meter: 'characters', amount: 100 })`. It is for the page alone: the server has to check what it serves. Reads the
 * status for a feature and the usage for a meter. The last known state counts.
 *
 * @throws Error for a feature, if the provider has no `catalog`
 */
export function useEntitlement(
  wanted: FeatureId | MeterAmount,
  { whenUnknown }: EntitlementOptions = {},
): EntitlementResult {
  const { organizationId, catalog } = useBilling()
  const isFeature = typeof wanted === 'string'
  if (isFeature && catalog === undefined) {
    throw new Error(
      'Only the catalog says which plan has which feature: give it to <BillingProvider catalog>.',
    )
  }
  const status = useBillingStatus({ enabled: isFeature })
  const usage = useUsage({ enabled: !isFeature })
  if (organizationId === null) return { allowed: false, reason: 'signed_out', isPending: false }
  const { failureReason, errorUpdateCount } = isFeature ? status : usage
  // The first failure counts, while the query goes on trying.
  const hasFailed = failureReason !== null || errorUpdateCount > 0
  const { allowed, reason } = known() ?? { allowed: undefined, reason: hasFailed ? 'unknown' : 'pending' }
  return {
    allowed: reason === 'unknown' && whenUnknown !== undefined ? whenUnknown === 'allow' : allowed,
    reason,
    isPending: reason === 'pending',
  }

  function known(): Entitlement | undefined {
    if (!isFeature) return usage.data && checkMeter(wanted, usage.data)
    return status.data && catalog && checkFeature(wanted, status.data, catalog)
  }
}
