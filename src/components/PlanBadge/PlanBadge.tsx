'use client'
import { forwardRef } from 'react'
import { useBilling } from '../../context.js'
import { useBillingStatus } from '../../hooks/useBillingStatus.js'
import { isMissing } from '../../contract/isMissing.js'
import { useLocalization } from '../useLocalization.js'
import { PlanBadgeView, type PlanBadgeViewProps } from './PlanBadgeView.js'

export type PlanBadgeProps = Omit<PlanBadgeViewProps, 'status' | 'error' | 'locale' | 'timeZone'>

/** The organization's plan. Renders nothing where nobody is signed in. */
export const PlanBadge = forwardRef<HTMLSpanElement, PlanBadgeProps>(function PlanBadge(props, ref) {
  const { organizationId } = useBilling()
  // The first failure shows, while the query goes on trying.
  const { data, failureReason, errorUpdateCount } = useBillingStatus()
  const localization = useLocalization('PlanBadge', props)
  if (organizationId === null || isMissing(failureReason)) return null
  return (
    <PlanBadgeView
      ref={ref}
      status={data}
      error={failureReason ?? errorUpdateCount}
      {...props}
      {...localization}
    />
  )
})
