'use client'
import { forwardRef } from 'react'
import { useBilling } from '../../context.js'
import type { MeterId } from '../../contract/register.js'
import { useUsage } from '../../hooks/useUsage.js'
import { isMissing } from '../isMissing.js'
import { useLocalization } from '../useLocalization.js'
import { UsageMeterView, type UsageMeterViewProps } from './UsageMeterView.js'

export interface UsageMeterProps extends Omit<
  UsageMeterViewProps,
  'meter' | 'error' | 'stale' | 'locale' | 'timeZone'
> {
  /** Which meter of the catalog. @default the first one */
  meter?: MeterId | undefined
}

/** One meter of the organization. Renders nothing where nobody is signed in, or where the backend counts no usage. */
export const UsageMeter = forwardRef<HTMLDivElement, UsageMeterProps>(function UsageMeter(
  { meter: key, ...props },
  ref,
) {
  const { organizationId, catalog } = useBilling()
  const { data, failureReason } = useUsage()
  const localization = useLocalization('UsageMeter', props)
  if (organizationId === null || isMissing(failureReason)) return null
  const meter = data?.meters.find((candidate) => key === undefined || candidate.key === key)
  const label = catalog?.meters?.[key ?? '']?.name
  return (
    <UsageMeterView
      ref={ref}
      meter={meter}
      label={label}
      error={failureReason ?? (data && !meter)}
      stale={data?.stale}
      {...props}
      {...localization}
    />
  )
})
