import type { MeterUsage } from '../../contract/usage.js'
import type { Translate } from '../translator.js'
import type { UsageLevel } from './usageLevel.js'
import type { usageMeterMessages } from './usageMeterMessages.js'

/** How much of how much, and in a few words what is special about it. */
export function usageText(
  { sum, pending, limit }: UsageLevel,
  { unit = '', included, overage = 0 }: Partial<MeterUsage>,
  text: Translate<typeof usageMeterMessages>,
  stale: boolean | undefined,
): [value: string, note: string] {
  const above =
    limit !== null && sum > limit
      ? text('overLimit', { excess: sum - limit })
      : overage > 0 && included !== undefined && text('overIncluded', { overage, included })
  const value =
    limit === null ? text('value', { used: sum, unit }) : text('valueOfLimit', { used: sum, limit, unit })
  return [
    value.trimEnd(),
    [above, pending > 0 && text('pending', { pending }), stale && text('stale')]
      .filter(Boolean)
      .join(text('separator')),
  ]
}
