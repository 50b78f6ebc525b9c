import { assign, required } from '../core/database.js'
import { newId } from '../core/ids.js'
import { HOUR } from '../core/time.js'
import type { CustomerMeterRow, CustomerRow, MeterRow } from '../core/rows.js'
import { type World, debounce, timestamp, touch } from '../core/world.js'
import { stateChanged } from '../billing/stateChanged.js'
import { billUsage, readUsage } from './subscriptionMeters.js'
import { readMeter } from './window.js'

/** However busy a customer is, its meters follow within this time. */
const MAX_DELAY = 3 * HOUR

/** Usage came in: the meters of the customer follow once it is quiet. */
export function scheduleMeterUpdate(world: World, customerId: string): void {
  debounce(world, `meters ${customerId}`, { delay: world.settings.meterDelay, maximum: MAX_DELAY }, () =>
    updateMeters(world, required(world.db.customers, customerId)),
  )
}

/** Credits take effect at once, without the delay of usage. */
export function updateCustomerMeter(world: World, customer: CustomerRow, meter: MeterRow): boolean {
  const reading = readMeter(world, customer, meter)
  if (reading.isEmpty) return false
  const known = world.db.customerMeters.of(customer.id).find((row) => row.meter_id === meter.id)
  const { consumed, credited } = reading
  if (known?.consumed_units === consumed && known.credited_units === credited) return false
  const row = known ?? newMeter(world, customer, meter)
  assign(row, { consumed_units: consumed, credited_units: credited, balance: credited - consumed })
  touch(world, row)
  return true
}

function updateMeters(world: World, customer: CustomerRow): void {
  if (customer.deleted_at !== null) return
  let changed = false
  for (const meter of world.db.meters.values()) {
    if (meter.archived_at === null && updateCustomerMeter(world, customer, meter)) changed = true
  }
  if (changed) stateChanged(world, customer.id)
  scheduleBill(world, customer)
}

/** Usage reaches the bills, unless it is about to. */
export function scheduleBill(world: World, customer: CustomerRow): void {
  const { subscriptionMeterDelay } = world.settings
  const key = `subscription meters ${customer.id}`
  if (subscriptionMeterDelay === null) billCustomer(world, customer)
  else if (!world.clock.isPlanned(key)) {
    world.clock.schedule(key, world.clock.now() + subscriptionMeterDelay, () => billCustomer(world, customer))
  }
}

/** Usage reaches the bills: in Polar by a job of its own, every 15 minutes. */
function billCustomer(world: World, customer: CustomerRow): void {
  for (const subscription of world.db.subscriptions.of(customer.id)) {
    if (readUsage(world, subscription)) billUsage(world, subscription)
  }
}

function newMeter(world: World, customer: CustomerRow, meter: MeterRow): CustomerMeterRow {
  const row: CustomerMeterRow = {
    id: newId(),
    created_at: timestamp(world),
    modified_at: null,
    customer_id: customer.id,
    meter_id: meter.id,
    consumed_units: 0,
    credited_units: 0,
    balance: 0,
  }
  world.db.customerMeters.set(row.id, row)
  return row
}
