import type { Database } from '../core/database.js'

const KEPT = 5_000
/** Cleaning up now and then is enough. */
const BATCH = 500

/** Forgets the oldest events that nothing more happens to, with their deliveries, so that a long run stays small. */
export function forgetOldEvents({ webhookEvents, deliveries }: Database): void {
  if (webhookEvents.size < KEPT + BATCH || webhookEvents.size % BATCH > 0) return
  for (const { id, succeeded, skipped } of webhookEvents.values()) {
    if (webhookEvents.size <= KEPT) break
    if (skipped || succeeded !== null) webhookEvents.delete(id)
  }
  for (const { id, eventId } of deliveries.values()) {
    if (!webhookEvents.has(eventId)) deliveries.delete(id)
  }
}
