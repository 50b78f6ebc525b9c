import type { Changes } from './changes.js'
import type { Revisions } from './revisions.js'
import { createSubscribers } from './subscribers.js'

const MAX_ORGANIZATIONS = 10_000

/** Changes within this process, for a server half without a database. */
export function createMemoryChanges(): Changes {
  const subscribers = createSubscribers()
  const known = new Map<string, Revisions>()
  // From the time of the start on: an id of an earlier process must not look like one of this.
  let count = Date.now()
  let forgotten = count

  // A map keeps the order of insertion: the first is the one that has not changed for longest.
  function remember(organizationId: string, revisions: Revisions): void {
    known.delete(organizationId)
    known.set(organizationId, revisions)
    if (known.size <= MAX_ORGANIZATIONS) return
    known.delete(known.keys().next().value as string)
    // Whoever comes back to a forgotten one reads again.
    forgotten = count
  }

  function revisionsOf(organizationId: string): Revisions {
    return known.get(organizationId) ?? { status: forgotten, usage: forgotten }
  }

  return {
    publish: async (organizationIds, changed) => {
      for (const organizationId of organizationIds) {
        count += 1
        const revisions = { ...revisionsOf(organizationId), [changed]: count }
        remember(organizationId, revisions)
        subscribers.tell(organizationId, revisions)
      }
    },
    subscribe: async (organizationId, onRevisions) => {
      onRevisions(revisionsOf(organizationId))
      return subscribers.add(organizationId, onRevisions)
    },
    close: async () => undefined,
  }
}
