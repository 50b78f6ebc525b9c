import type { CustomerRow, EventRow, MeterRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { aggregate, isMetered } from './aggregation.js'

/** What a meter says of one customer since it was last reset. */
export interface MeterReading {
  consumed: number
  credited: number
  /** Units that a reset would carry over: what is left of the credits that may roll over. */
  rollover: number
  lastEventId: string | null
}

export function readMeter(world: World, customer: CustomerRow, meter: MeterRow): MeterReading {
  const events = world.db.events.ofCustomer(customer.id, customer.external_id)
  const window = events
    .slice(lastReset(events, meter))
    .filter((event) => isMetered(meter, event) || concerns(event, meter))
  const credits = window.filter((event) => event.name === 'meter.credited' && concerns(event, meter))
  const consumed = aggregate(meter, window)
  const rolling = sumOfCredits(credits.filter((event) => event.metadata['rollover'] === true))
  const fixed = sumOfCredits(credits.filter((event) => event.metadata['rollover'] !== true))
  return {
    consumed,
    credited: sumOfCredits(credits),
    rollover: Math.max(0, Math.min(Math.trunc(fixed + rolling - consumed), rolling)),
    lastEventId: window.at(-1)?.id ?? null,
  }
}

function lastReset(events: readonly EventRow[], meter: MeterRow): number {
  return Math.max(
    0,
    events.findLastIndex((event) => event.name === 'meter.reset' && concerns(event, meter)),
  )
}

function concerns(event: EventRow, meter: MeterRow): boolean {
  return (
    event.source === 'system' &&
    (event.name === 'meter.credited' || event.name === 'meter.reset') &&
    event.metadata['meter_id'] === meter.id
  )
}

/** Taking credits back never leads below zero on the way. */
function sumOfCredits(events: readonly EventRow[]): number {
  return events.reduce((sum, event) => {
    const units = event.metadata['units']
    return typeof units === 'number' ? Math.max(0, sum + units) : sum
  }, 0)
}
