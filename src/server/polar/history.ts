import type { PolarCore } from '@polar-sh/sdk/2026-10'
import { quantitiesMeters } from '@polar-sh/sdk/2026-10/services/meters'
import type { UsageInterval, UsagePoint } from '../../contract/index.js'
import { endOf, startOf } from '../intervals.js'
import type { HistoryRange, HistoryReading } from '../paymentProvider.js'
import { callPolar } from './callPolar.js'
import { expectNumber } from './expect.js'
import { iso } from './mapping.js'

/** In what an interval of which only a part is asked for is counted: the finest that Polar counts all of it in. */
const FINER = { hour: 'hour', day: 'hour', week: 'hour', month: 'day' } as const

/** A time that Polar is asked for at once. */
interface Part {
  from: Date
  /** Not in it any more. */
  to: Date
  interval: UsageInterval
}

/**
 * Polar counts whole intervals, and the first and last of a range in full. So those that the range begins or ends in are asked for
 * apart, and what is counted agrees with the range to the hour (by months: to the day).
 */
export function readHistory(
  core: PolarCore,
  meterId: string,
  organizationId: string,
  range: HistoryRange,
): Promise<HistoryReading> {
  return callPolar('Reading the history of a meter', async () => {
    const parts = partsOf(range)
    const points = await Promise.all(
      parts.map((part) => readPart(core, meterId, organizationId, part, range)),
    )
    const { from, to } = boundsOf(range)
    return {
      from: from.toISOString(),
      to: (range.isRunning ? range.to : to).toISOString(),
      points: points.flat(),
    }
  })
}

/** Calls that reading a range takes. */
export function callsOf(range: HistoryRange): number {
  return partsOf(range).length
}

/** What is counted of a range. */
function boundsOf({ from, to, interval, isRunning }: HistoryRange): Pick<Part, 'from' | 'to'> {
  const finer = FINER[interval]
  // Now has happened, too.
  return { from: startOf(from, finer), to: isRunning ? new Date(to.getTime() + 1) : endOf(to, finer) }
}

function partsOf(range: HistoryRange): Part[] {
  const { interval, isRunning } = range
  const { from, to } = boundsOf(range)
  const firstWhole = endOf(from, interval)
  // What is still running is whole so far.
  const lastWhole = isRunning ? to : startOf(to, interval)
  const finer = FINER[interval]
  // Within one interval.
  if (firstWhole > lastWhole || firstWhole >= to) return [{ from, to, interval: finer }]
  return [
    { from, to: firstWhole, interval: finer },
    { from: firstWhole, to: lastWhole, interval },
    { from: lastWhole, to, interval: finer },
  ].filter((part) => part.from < part.to)
}

async function readPart(
  core: PolarCore,
  meterId: string,
  organizationId: string,
  part: Part,
  range: HistoryRange,
): Promise<UsagePoint[]> {
  const { quantities, total } = await quantitiesMeters(core)(meterId, {
    external_customer_id: organizationId,
    // Not more than was asked for: Polar rounds by itself, and limits how much it counts at once.
    start_timestamp: new Date(Math.max(part.from.getTime(), range.from.getTime())).toISOString(),
    end_timestamp: new Date(Math.min(part.to.getTime() - 1, range.to.getTime())).toISOString(),
    interval: part.interval,
    timezone: 'UTC',
  })
  // An interval in parts is one point. Polar adds them up as the meter does: a maximum is none of sums.
  if (part.interval !== range.interval)
    return [{ at: startOf(part.from, range.interval).toISOString(), used: expectNumber(total) }]
  return quantities.map(({ timestamp, quantity }) => ({ at: iso(timestamp), used: expectNumber(quantity) }))
}
