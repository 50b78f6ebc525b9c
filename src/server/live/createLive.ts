import type { Context } from 'hono'
import type { Changed } from '../../contract/index.js'
import type { Database } from '../database/database.js'
import type { OnEvent } from '../events.js'
import { NotMigratedError } from '../openDatabase.js'
import type { UsageOutbox } from '../usage/outbox.js'
import type { Changes } from './changes.js'
import { createDatabaseChanges } from './createDatabaseChanges.js'
import { createEventStreams } from './createEventStreams.js'
import { createMemoryChanges } from './createMemoryChanges.js'
import { createUsageNews } from './createUsageNews.js'

/** Tells browsers that something of their organization changed, whichever process noticed. */
export interface Live {
  /** Never fails: a browser that is not told sees it when it asks next. */
  tell(organizationId: string, changed: Changed): Promise<void>
  /** Tells of usage soon, for all events of a moment together. */
  tellUsage(organizationId: string): void
  /** An outbox that tells of what it accepts. What joins a transaction of the app's is told of when it is delivered. */
  watch(outbox: UsageOutbox): UsageOutbox
  /** @throws BillingError `TOO_MANY_REQUESTS`, or `SERVICE_UNAVAILABLE` after `close` */
  openStream(c: Context, organizationId: string): Promise<Response>
  close(): Promise<void>
}

export function createLive(database: Database | undefined, onEvent: OnEvent): Live {
  const changes: Changes =
    database === undefined ? createMemoryChanges() : createDatabaseChanges(database, onEvent)
  const streams = createEventStreams(changes)

  async function publish(organizationIds: readonly string[], changed: Changed): Promise<void> {
    try {
      await changes.publish(organizationIds, changed)
    } catch (error) {
      report(error)
    }
  }

  // Missing tables are told to whoever asks.
  function report(error: unknown): void {
    const { message, cause } = error as Error
    if (cause instanceof NotMigratedError) return
    onEvent({ type: 'warning', message: `Browsers were not told of a change: ${message}` })
  }

  const usageNews = createUsageNews((organizationIds) => publish(organizationIds, 'usage'))

  return {
    tell: (organizationId, changed) => publish([organizationId], changed),
    tellUsage: usageNews.add,
    watch: (outbox) => ({
      ...outbox,
      accept: async (events, client) => {
        await outbox.accept(events, client)
        if (client !== undefined) return
        for (const { organizationId } of events) usageNews.add(organizationId)
      },
    }),
    openStream: streams.open,
    close: async () => {
      streams.close()
      await usageNews.close()
      await changes.close()
    },
  }
}
