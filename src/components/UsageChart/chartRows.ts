import type { UsageHistory } from '../../contract/usageHistory.js'
import { formatQuantity } from '../../format/quantity.js'
import { intervalName } from './chartTime.js'
import { runningTotal } from './runningTotal.js'

/** What the chart says of one interval. */
export interface ChartRow {
  at: string
  /** On the axis. */
  label: string
  /** In full. */
  name: string
  used: string
  /** `undefined`: the chart does not add up. */
  total: string | undefined
  /** What is drawn: the running total, or what was used. */
  value: number
}

export function chartRows(
  { points, interval }: UsageHistory,
  cumulative: boolean,
  locale: string | undefined,
  timeZone: string | undefined,
): ChartRow[] {
  const used = points.map((point) => point.used)
  const values = cumulative ? runningTotal(used) : used
  return points.map((point, index) => {
    const value = values[index] ?? 0
    return {
      at: point.at,
      label: intervalName(point.at, interval, 'short', locale, timeZone),
      name: intervalName(point.at, interval, 'long', locale, timeZone),
      used: formatQuantity(point.used, locale),
      total: cumulative ? formatQuantity(value, locale) : undefined,
      value,
    }
  })
}
