import type { Database } from '../database/database.js'
import { explainFailures } from '../database/explainFailures.js'
import type { OnEvent } from '../events.js'
import { createAlarm } from '../jobs/alarm.js'
import type { Changes } from './changes.js'
import { findRevisions, insertChanges, parseChange } from './changesTable.js'
import { createChangeFeed } from './createChangeFeed.js'
import { createSubscribers } from './subscribers.js'

/** Milliseconds for which it goes on listening when nobody is subscribed: browsers come back. */
const LINGER = 30_000

/** Changes of all processes, through their database. */
export function createDatabaseChanges(database: Database, onEvent: OnEvent): Changes {
  const source = explainFailures(database)
  const subscribers = createSubscribers()
  let warned = false
  const feed = createChangeFeed({
    database,
    onMessage: (payload) => {
      const change = parseChange(payload)
      if (change !== null) subscribers.tell(...change)
    },
    reread: async () => {
      const found = await findRevisions(source, subscribers.organizations())
      for (const [organizationId, revisions] of found) subscribers.tell(organizationId, revisions)
    },
    onPolling: warnOnce,
  })
  const linger = createAlarm(() => void feed.stop().catch(() => undefined))

  function warnOnce(reason: unknown): void {
    if (warned) return
    warned = true
    onEvent({
      type: 'warning',
      message: `Browsers hear of changes a few seconds later, by polling. ${String(reason)}`,
    })
  }

  return {
    publish: (organizationIds, changed) => insertChanges(source, organizationIds, changed),
    subscribe: async (organizationId, onRevisions) => {
      linger.clear()
      feed.start()
      const remove = subscribers.add(organizationId, onRevisions)
      const unsubscribe = (): void => {
        remove()
        if (subscribers.organizations().length === 0) linger.set(LINGER)
      }
      try {
        // After it was added, so that nothing falls in between.
        const found = await findRevisions(source, [organizationId])
        onRevisions(found.get(organizationId) ?? { status: 0, usage: 0 })
        return unsubscribe
      } catch (error) {
        unsubscribe()
        throw error
      }
    },
    close: async () => {
      linger.clear()
      await feed.stop()
    },
  }
}
