import type { models } from '@polar-sh/sdk/2026-10'
import { type Database, required } from '../core/database.js'
import type { GrantProperties, GrantRow } from '../core/rows.js'
import { toCustomer } from './customer.js'
import { memberOf } from './seat.js'

export function toGrant(row: GrantRow, db: Database): models.BenefitGrant {
  return {
    ...shared(row, db),
    benefit: required(db.benefits, row.benefit_id),
    properties: toProperties(row.properties),
  }
}

export function toGrantWebhook(
  row: GrantRow,
  previous: GrantProperties,
  db: Database,
): models.BenefitGrantWebhook {
  const benefit = required(db.benefits, row.benefit_id)
  const fields = shared(row, db)
  if (benefit.type === 'meter_credit') {
    return { ...fields, benefit, properties: { ...row.properties }, previous_properties: { ...previous } }
  }
  const none = { properties: {}, previous_properties: {} }
  // The same on both sides: the SDK's union is told apart by the type of the benefit.
  return benefit.type === 'feature_flag' ? { ...fields, benefit, ...none } : { ...fields, benefit, ...none }
}

export function toStateGrant(row: GrantRow, db: Database): models.CustomerStateBenefitGrant {
  const benefit = required(db.benefits, row.benefit_id)
  return {
    id: row.id,
    created_at: row.created_at,
    modified_at: row.modified_at,
    granted_at: row.granted_at ?? row.created_at,
    benefit_id: row.benefit_id,
    benefit_type: benefit.type,
    benefit_metadata: benefit.metadata,
    properties: toProperties(row.properties),
  }
}

function shared(row: GrantRow, db: Database) {
  return {
    ...row,
    error: null,
    customer: toCustomer(required(db.customers, row.customer_id)),
    member: memberOf(row, db),
  }
}

/** The SDK's union leaves out the properties of meter credits, which Polar does send. */
function toProperties(properties: GrantProperties): models.BenefitGrant['properties'] {
  return { ...properties } as models.BenefitGrant['properties']
}
