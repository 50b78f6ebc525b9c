import type { models } from '@polar-sh/sdk/2026-10'
import { iso } from '../core/time.js'
import type { EventRow, MeterRow } from '../core/rows.js'
import { aggregate } from './aggregation.js'
import { type Step, bucketStarts } from './buckets.js'

export interface QuantityRange {
  start: number
  end: number
  step: Step
  timeZone: string
}

/**
 * Usage per interval, by the time that events carry and not by when they came in. The first and last interval
 * count whole.
 */
export function quantities(
  meter: MeterRow,
  events: readonly EventRow[],
  { start, end, step, timeZone }: QuantityRange,
): models.MeterQuantities {
  const starts = bucketStarts(start, end, step, timeZone)
  const buckets = starts.slice(0, -1).map((from, index) => {
    const until = starts[index + 1] ?? Infinity
    return { from, events: events.filter((event) => isWithin(event, from, until)) }
  })
  return {
    quantities: buckets.map(({ from, events: counted }) => ({
      timestamp: iso(from),
      quantity: aggregate(meter, counted),
    })),
    total: aggregate(
      meter,
      buckets.flatMap((bucket) => bucket.events),
    ),
  }
}

function isWithin(event: EventRow, from: number, until: number): boolean {
  const time = Date.parse(event.timestamp)
  return time >= from && time < until
}
