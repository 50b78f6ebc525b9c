import { required } from '../core/database.js'
import type { CustomerMeterRow } from '../core/rows.js'
import { toCustomerMeter } from '../serialize/meter.js'
import { type Mount, found, pathId } from './http.js'
import { listed, oneOf } from './lists.js'
import { Query } from './query.js'

export const mountCustomerMeters: Mount = (api, world) => {
  const { db } = world
  const sorting = {
    created_at: (row: CustomerMeterRow) => Date.parse(row.created_at),
    modified_at: (row: CustomerMeterRow) => Date.parse(row.modified_at ?? row.created_at),
    customer_id: (row: CustomerMeterRow) => row.customer_id,
    customer_name: (row: CustomerMeterRow) => required(db.customers, row.customer_id).name,
    meter_id: (row: CustomerMeterRow) => row.meter_id,
    meter_name: (row: CustomerMeterRow) => required(db.meters, row.meter_id).name,
    consumed_units: (row: CustomerMeterRow) => row.consumed_units,
    credited_units: (row: CustomerMeterRow) => row.credited_units,
    balance: (row: CustomerMeterRow) => row.balance,
  }

  api.get('/customer-meters/', (c) => {
    const query = new Query(c)
    const meterIds = query.all('meter_id')
    const rows = Array.from(db.customerMeters.values()).filter((row) => {
      const customer = required(db.customers, row.customer_id)
      return (
        customer.deleted_at === null &&
        oneOf(query.all('customer_id'), row.customer_id) &&
        oneOf(query.all('external_customer_id'), customer.external_id) &&
        oneOf(meterIds, row.meter_id) &&
        // Archived meters are shown only to those who ask for them.
        (meterIds !== undefined || required(db.meters, row.meter_id).archived_at === null)
      )
    })
    return c.json(listed(query, rows, sorting, '-modified_at', (row) => toCustomerMeter(row, db)))
  })

  api.get('/customer-meters/:id', (c) => c.json(toCustomerMeter(found(db.customerMeters.get(pathId(c))), db)))
}
