import type { CustomerRow } from '../core/rows.js'
import { iso } from '../core/time.js'
import { type World, timestamp } from '../core/world.js'
import { scheduleMeterUpdate } from './customerMeters.js'

/** One valid event of a batch. */
export interface NewEvent {
  id: string
  name: string
  timestamp: string | undefined
  externalId: string | null
  /** Known by id, or only by the name that the merchant gives it. */
  customer: CustomerRow | undefined
  externalCustomerId: string | null
  parentId: string | null
  memberId: string | null
  externalMemberId: string | null
  metadata: Readonly<Record<string, unknown>>
}

/**
 * Stores a batch whose events are all valid. Events that are already known by their external id change
 * nothing.
 */
export function ingest(world: World, batch: readonly NewEvent[]): { inserted: number; duplicates: number } {
  const now = timestamp(world)
  let inserted = 0
  for (const event of batch) {
    const isNew = world.db.events.append({
      id: event.id,
      timestamp: event.timestamp === undefined ? now : iso(Date.parse(event.timestamp)),
      ingestedAt: now,
      name: event.name,
      label: event.name,
      source: 'user',
      externalId: event.externalId,
      customerId: event.externalCustomerId === null ? (event.customer?.id ?? null) : null,
      externalCustomerId: event.externalCustomerId,
      memberId: event.memberId,
      externalMemberId: event.externalMemberId,
      parentId: event.parentId,
      metadata: event.metadata,
    })
    if (!isNew) continue
    inserted += 1
    if (event.customer === undefined) continue
    event.customer.first_user_event_at ??= now
    scheduleMeterUpdate(world, event.customer.id)
  }
  return { inserted, duplicates: batch.length - inserted }
}
