import { required } from '../core/database.js'
import type { GrantProperties, GrantRow } from '../core/rows.js'
import { at } from '../core/time.js'
import { type World, timestamp } from '../core/world.js'
import { updateCustomerMeter } from '../metering/customerMeters.js'
import { readUsage } from '../metering/subscriptionMeters.js'
import { recordSystemEvent } from '../metering/systemEvents.js'
import { resetMeter } from '../metering/resetMeter.js'

/** Gives the units of a meter credit; other benefits have nothing to give. */
export function applyCredit(world: World, grant: GrantRow): GrantProperties {
  const benefit = required(world.db.benefits, grant.benefit_id)
  if (benefit.type !== 'meter_credit') return {}
  return credit(world, grant, benefit.properties.meter_id, benefit.properties.units)
}

/** Gives the units of a new period. The meter starts anew unless billing has already reset it. */
export function cycleCredit(world: World, grant: GrantRow): GrantProperties {
  const benefit = required(world.db.benefits, grant.benefit_id)
  if (benefit.type !== 'meter_credit') return {}
  const { meter_id, units } = benefit.properties
  if (!wasResetSince(world, grant, meter_id)) {
    resetMeter(world, required(world.db.customers, grant.customer_id), meter_id)
  }
  return credit(world, grant, meter_id, units)
}

/** Takes back what was given last. */
export function takeCreditBack(world: World, grant: GrantRow): GrantProperties {
  const { last_credited_meter_id, last_credited_units } = grant.properties
  if (last_credited_meter_id === undefined || last_credited_units === undefined) return {}
  return credit(world, grant, last_credited_meter_id, -last_credited_units)
}

function credit(world: World, grant: GrantRow, meterId: string, units: number): GrantProperties {
  const customer = required(world.db.customers, grant.customer_id)
  const benefit = required(world.db.benefits, grant.benefit_id)
  const rollover = benefit.type === 'meter_credit' && benefit.properties.rollover
  recordSystemEvent(world, customer, 'meter.credited', { meter_id: meterId, units, rollover })
  updateCustomerMeter(world, customer, required(world.db.meters, meterId))
  for (const subscription of world.db.subscriptions.of(customer.id)) readUsage(world, subscription)
  return {
    last_credited_meter_id: meterId,
    last_credited_units: units,
    last_credited_at: timestamp(world),
  }
}

/** Whether the meter was reset after this grant was last credited. */
function wasResetSince(world: World, grant: GrantRow, meterId: string): boolean {
  const reset = world.db.events
    .ofCustomer(grant.customer_id)
    .findLast((event) => event.name === 'meter.reset' && event.metadata['meter_id'] === meterId)
  const { last_credited_at } = grant.properties
  return reset !== undefined && last_credited_at !== undefined && at(reset.timestamp) > at(last_credited_at)
}
