'use client'
import { forwardRef } from 'react'
import { useBilling } from '../../context.js'
import { useUsage } from '../../hooks/useUsage.js'
import { isMissing } from '../../contract/isMissing.js'
import { useLocalization } from '../useLocalization.js'
import { UsageMeterListView, type UsageMeterListViewProps } from './UsageMeterListView.js'

export type UsageMeterListProps = Omit<
  UsageMeterListViewProps,
  'meters' | 'error' | 'stale' | 'locale' | 'timeZone'
>

/** Every meter of the organization. Renders nothing where nobody is signed in, or where the backend counts no usage. */
export const UsageMeterList = forwardRef<HTMLElement, UsageMeterListProps>(
  function UsageMeterList(props, ref) {
    const { organizationId } = useBilling()
    const { data, failureReason } = useUsage()
    const localization = useLocalization('UsageMeterList', props)
    const { messages } = useLocalization('UsageMeter', { messages: props.meterMessages })
    if (organizationId === null || isMissing(failureReason)) return null
    return (
      <UsageMeterListView
        ref={ref}
        meters={data?.meters}
        error={failureReason}
        stale={data?.stale}
        {...props}
        {...localization}
        meterMessages={messages}
      />
    )
  },
)
