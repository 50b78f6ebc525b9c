import type { models } from '@polar-sh/sdk/2026-10'
import { type Database, required } from '../core/database.js'
import type { CustomerMeterRow } from '../core/rows.js'
import { toCustomer } from './customer.js'

export function toCustomerMeter(row: CustomerMeterRow, db: Database): models.CustomerMeter {
  return {
    ...row,
    customer: toCustomer(required(db.customers, row.customer_id)),
    meter: required(db.meters, row.meter_id),
  }
}

export function toStateMeter(row: CustomerMeterRow): models.CustomerStateMeter {
  const { customer_id: _customerId, ...fields } = row
  return fields
}
