import type { EventRow, MeterRow } from '../core/rows.js'
import { matches, propertyOf } from './filter.js'

/** What a meter makes of some events: only user events that pass its filter count. */
export function aggregate(meter: MeterRow, events: readonly EventRow[]): number {
  const counted = events.filter((event) => isMetered(meter, event))
  const { aggregation } = meter
  if (!('property' in aggregation)) return counted.length
  const values = counted.map((event) => propertyOf(event, aggregation.property))
  if (aggregation.func === 'unique' || aggregation.func === undefined) {
    return new Set(values.filter((value) => value !== undefined)).size
  }
  // A number that was sent as text is not added up.
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length === 0) return 0
  const sum = numbers.reduce((total, value) => total + value, 0)
  switch (aggregation.func) {
    case 'sum':
      return sum
    case 'avg':
      return sum / numbers.length
    case 'max':
      return numbers.reduce((a, b) => Math.max(a, b))
    case 'min':
      return numbers.reduce((a, b) => Math.min(a, b))
  }
}

export function isMetered(meter: MeterRow, event: EventRow): boolean {
  return event.source === 'user' && matches(meter.filter, event)
}
