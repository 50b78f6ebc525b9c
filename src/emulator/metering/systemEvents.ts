import type { models } from '@polar-sh/sdk/2026-10'
import { newId } from '../core/ids.js'
import type { CustomerRow } from '../core/rows.js'
import { type World, timestamp } from '../core/world.js'

const LABELS = {
  'meter.credited': 'Meter credited',
  'meter.reset': 'Meter reset',
  'benefit.granted': 'Benefit granted',
  'benefit.cycled': 'Benefit cycled',
  'benefit.revoked': 'Benefit revoked',
  'customer.created': 'Customer created',
  'subscription.created': 'Subscription created',
  'subscription.cycled': 'Subscription cycled',
  'subscription.revoked': 'Subscription revoked',
  'subscription.seats_updated': 'Subscription seats updated',
  'order.paid': 'Order paid',
} as const satisfies Partial<Record<models.SystemEvent['name'], string>>

type Name = keyof typeof LABELS
type MetadataOf<N extends Name> = Extract<models.SystemEvent, { name: N }>['metadata']

/** Writes one of Polar's own events into the log. Meters are credited and reset by such events alone. */
export function recordSystemEvent<N extends Name>(
  world: World,
  customer: CustomerRow,
  name: N,
  metadata: MetadataOf<N>,
): void {
  const now = timestamp(world)
  world.db.events.append({
    id: newId(),
    timestamp: now,
    ingestedAt: now,
    name,
    label: LABELS[name],
    source: 'system',
    externalId: null,
    customerId: customer.id,
    externalCustomerId: null,
    memberId: null,
    externalMemberId: null,
    parentId: null,
    metadata: { ...metadata },
  })
}
