import { required } from '../core/database.js'
import type { CustomerRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { recordSystemEvent } from './systemEvents.js'
import { readMeter } from './window.js'

/** Starts a customer's meter at zero; what is left of credits that roll over is given again. */
export function resetMeter(world: World, customer: CustomerRow, meterId: string): void {
  const { rollover } = readMeter(world, customer, required(world.db.meters, meterId))
  recordSystemEvent(world, customer, 'meter.reset', { meter_id: meterId })
  if (rollover > 0) {
    recordSystemEvent(world, customer, 'meter.credited', {
      meter_id: meterId,
      units: rollover,
      rollover: true,
    })
  }
}
