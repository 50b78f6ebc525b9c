import { required } from '../core/database.js'
import type { CustomerMeterRow } from '../core/rows.js'
import { toCustomerMeter } from '../serialize/meter.js'
import { type Mount, found, pathId } from './http.js'
import { listed, oneOf } from './lists.js'
import { Query } from './query.js'

const order = {
  name: '-modified_at',
  by: (row: CustomerMeterRow) => Date.parse(row.modified_at ?? row.created_at),
}

export const mountCustomerMeters: Mount = (api, { db }) => {
  api.get('/customer-meters/', (c) => {
    const query = new Query(c)
    const meterIds = query.ids('meter_id')
    const customerIds = query.ids('customer_id')
    const externalIds = query.all('external_customer_id')
    const rows = Array.from(db.customerMeters.values()).filter((row) => {
      const customer = required(db.customers, row.customer_id)
      return (
        customer.deleted_at === null &&
        oneOf(customerIds, row.customer_id) &&
        oneOf(externalIds, customer.external_id) &&
        oneOf(meterIds, row.meter_id)
      )
    })
    return c.json(listed(query, rows, (row) => toCustomerMeter(row, db), order))
  })

  api.get('/customer-meters/:id', (c) => c.json(toCustomerMeter(found(db.customerMeters.get(pathId(c))), db)))
}
