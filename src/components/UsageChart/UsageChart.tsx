'use client'
import { forwardRef, useState } from 'react'
import { useBilling } from '../../context.js'
import type { UsageHistory, UsageRange } from '../../contract/usageHistory.js'
import { useUsageHistory } from '../../hooks/useUsageHistory.js'
import type { UsageHistoryQuery, UsageTime } from '../../query/usageHistory.js'
import { isMissing } from '../../contract/isMissing.js'
import { useLocalization } from '../useLocalization.js'
import { UsageChartView, type UsageChartViewProps } from './UsageChartView.js'

export interface UsageChartProps
  extends
    Omit<UsageChartViewProps, 'history' | 'busy' | 'chosen' | 'error' | 'locale' | 'timeZone'>,
    Pick<UsageHistoryQuery, 'meter' | 'interval'> {
  /** What is shown first, where `range` does not say what is. @default 'period' */
  defaultRange?: UsageTime | undefined
}

/** What a meter counted over a time. Renders nothing where nobody is signed in, or where the backend keeps no history. */
export const UsageChart = forwardRef<HTMLElement, UsageChartProps>(function UsageChart(
  { meter, interval, defaultRange = 'period', range: given, onRangeChange, ...props },
  ref,
) {
  const { organizationId, catalog } = useBilling()
  const [chosen, choose] = useState(defaultRange)
  const range = given ?? chosen
  const { data, failureReason, isPlaceholderData } = useUsageHistory({ meter, range, interval })
  const localization = useLocalization('UsageChart', props)
  // Whatever is shown first nobody chose.
  const [answer, setAnswer] = useState<{ to: UsageTime; history?: UsageHistory }>({ to: chosen })
  if (answer.to !== chosen && data && !isPlaceholderData) setAnswer({ to: chosen, history: data })
  if (organizationId === null || isMissing(failureReason)) return null
  const changeRange = (next: UsageRange): void => {
    choose(next)
    onRangeChange?.(next)
  }
  return (
    <UsageChartView
      ref={ref}
      history={data}
      label={catalog?.meters?.[meter]?.name}
      range={range}
      onRangeChange={changeRange}
      busy={isPlaceholderData}
      chosen={answer.to === chosen ? answer.history : undefined}
      error={failureReason}
      {...props}
      {...localization}
    />
  )
})
