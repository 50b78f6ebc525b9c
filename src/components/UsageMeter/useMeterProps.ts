'use client'
import { useBilling } from '../../context.js'
import type { MeterId } from '../../contract/register.js'
import { useUsage } from '../../hooks/useUsage.js'
import { isMissing } from '../../contract/isMissing.js'
import { useLocalization } from '../useLocalization.js'
import type { UsageMeterViewProps } from './UsageMeterView.js'

/** What a View shows of one meter, and the component's own props. `null`: nobody is signed in, or the backend counts no usage. */
export function useMeterProps<Props extends Pick<UsageMeterViewProps, 'messages'>>(
  key: MeterId | undefined,
  props: Props,
): (Props & Pick<UsageMeterViewProps, 'meter' | 'label' | 'error' | 'stale' | 'locale' | 'timeZone'>) | null {
  const { organizationId, catalog } = useBilling()
  const { data, failureReason } = useUsage()
  const localization = useLocalization('UsageMeter', props)
  if (organizationId === null || isMissing(failureReason)) return null
  const meter = data?.meters.find((candidate) => key === undefined || candidate.key === key)
  return {
    meter,
    label: catalog?.meters?.[key ?? '']?.name,
    error: failureReason ?? (data && !meter),
    stale: data?.stale,
    ...props,
    ...localization,
  }
}
