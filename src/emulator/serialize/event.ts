import type { models } from '@polar-sh/sdk/2026-10'
import type { CustomerRow, EventRow } from '../core/rows.js'
import { toCustomer } from './customer.js'

interface EventContext {
  organizationId: string
  /** Whom the event belongs to by now, by id or by external id. */
  customer: CustomerRow | undefined
  childCount: number
}

export function toEvent(row: EventRow, { organizationId, customer, childCount }: EventContext): models.Event {
  const shared = {
    id: row.id,
    timestamp: row.timestamp,
    organization_id: organizationId,
    customer_id: customer?.id ?? row.customerId,
    customer: customer === undefined ? null : toCustomer(customer),
    external_customer_id: customer?.external_id ?? row.externalCustomerId,
    member_id: row.memberId,
    external_member_id: row.externalMemberId,
    child_count: childCount,
    parent_id: row.parentId,
    label: row.label,
    name: row.name,
  }
  if (row.source === 'user') {
    return { ...shared, source: 'user', metadata: row.metadata as models.EventMetadataOutput }
  }
  // A union over the names: `recordSystemEvent` has checked that name and metadata belong together.
  return { ...shared, source: 'system', metadata: row.metadata } as unknown as models.SystemEvent
}
