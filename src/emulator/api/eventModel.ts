import type { models } from '@polar-sh/sdk/2026-10'
import { customerByExternalId } from '../billing/customers.js'
import type { CustomerRow, EventRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { toEvent } from '../serialize/event.js'

export function eventModel(world: World, row: EventRow): models.Event {
  return toEvent(row, {
    organizationId: world.organization.id,
    customer: ownerOf(world, row),
    childCount: world.db.events.childrenOf(row.id),
  })
}

/** Whom an event belongs to by now: an external id may have found its customer later. */
export function ownerOf(world: World, row: EventRow): CustomerRow | undefined {
  if (row.customerId !== null) return world.db.customers.get(row.customerId)
  return row.externalCustomerId === null ? undefined : customerByExternalId(world, row.externalCustomerId)
}
