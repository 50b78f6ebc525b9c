import type { AcceptedUsage } from './recentUsage.js'

const MAX_EVENTS = 1_000
/** Far below what a provider takes, so that a call also ends within its timeout. */
const MAX_BYTES = 1_000_000

const encoder = new TextEncoder()

/** The first of the waiting events that fit into one call; one alone always does. */
export function takeBatch(waiting: Iterable<AcceptedUsage>): AcceptedUsage[] {
  const batch: AcceptedUsage[] = []
  let bytes = 0
  for (const accepted of waiting) {
    bytes += encoder.encode(JSON.stringify(accepted.event)).length
    if (batch.length === MAX_EVENTS || (batch.length > 0 && bytes > MAX_BYTES)) break
    batch.push(accepted)
  }
  return batch
}
