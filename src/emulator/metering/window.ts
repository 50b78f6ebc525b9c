import type { CustomerRow, EventRow, MeterRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { aggregate, isMetered } from './aggregation.js'

/** What a meter says of one customer since it was last reset. */
export interface MeterReading {
  consumed: number
  credited: number
  /** Units that a reset would carry over: what is left of the credits that may roll over. */
  rollover: number
  /** Nothing was ever used, credited or reset. */
  isEmpty: boolean
}

export function readMeter(world: World, customer: CustomerRow, meter: MeterRow): MeterReading {
  const window = windowOf(world, customer, meter)
  const credits = window.filter((event) => concerns(event, meter, 'meter.credited'))
  const isReset = window.some((event) => concerns(event, meter, 'meter.reset'))
  const consumed = aggregate(meter, window)
  const rolling = sumOfCredits(credits.filter((event) => event.metadata['rollover'] === true))
  const fixed = sumOfCredits(credits.filter((event) => event.metadata['rollover'] !== true))
  return {
    consumed,
    credited: sumOfCredits(credits),
    rollover: Math.max(0, Math.min(Math.trunc(fixed + rolling - consumed), rolling)),
    isEmpty: !isReset && credits.length === 0 && !window.some((event) => isMetered(meter, event)),
  }
}

/** What came in since the last reset, that included: by the customer's id, and by its external id. */
function windowOf(world: World, customer: CustomerRow, meter: MeterRow): EventRow[] {
  const { events } = world.db
  const own = events.ofCustomer(customer.id)
  const start = own.findLast((event) => concerns(event, meter, 'meter.reset'))?.position ?? 0
  return [own, events.ofExternalCustomer(customer.external_id)].flatMap((log) =>
    log.slice(log.findLastIndex((event) => event.position < start) + 1),
  )
}

function concerns(event: EventRow, meter: MeterRow, name: 'meter.credited' | 'meter.reset'): boolean {
  return event.source === 'system' && event.name === name && event.metadata['meter_id'] === meter.id
}

/** Taking credits back never leads below zero on the way. */
function sumOfCredits(events: readonly EventRow[]): number {
  return events.reduce((sum, event) => {
    const units = event.metadata['units']
    return typeof units === 'number' ? Math.max(0, sum + units) : sum
  }, 0)
}
