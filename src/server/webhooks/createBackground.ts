import type { Database } from '../database/database.js'
import { migrate } from '../database/migrate.js'
import { createJobs } from '../jobs/createJobs.js'
import { createReconcile } from '../reconciliation/createReconcile.js'
import { createDatabaseInbox } from './createDatabaseInbox.js'
import { createMemoryInbox } from './createMemoryInbox.js'
import type { Inbox, InboxOptions } from './inbox.js'
import { countUnprocessed } from './inboxTable.js'
import { createWebhookJobs } from './webhookJobs.js'

export interface WorkDrained {
  /** Jobs that ran now: organizations that were read again, and calls of the handlers in `on`. */
  worked: number
  /** Webhooks that wait: for the provider, or for the next attempt of a handler. */
  unprocessed: number
}

/** What happens without a request: what webhooks cause, and what runs by the clock. */
export interface Background extends Inbox {
  migrate(): Promise<void>
  drain(seconds: number): Promise<WorkDrained>
  close(): Promise<void>
}

export function createBackground(
  database: Database | undefined,
  options: InboxOptions & { now: () => Date },
): Background {
  return database === undefined ? inThisProcess(options) : inDatabase(database, options)
}

function inDatabase(database: Database, options: InboxOptions & { now: () => Date }): Background {
  const handlers = {
    ...createWebhookJobs(database, options),
    reconcile: createReconcile(database, options),
  }
  const jobs = createJobs(database, { handlers, onEvent: options.onEvent })
  const inbox = createDatabaseInbox(database, { ...options, jobs })
  return {
    ...inbox,
    migrate: async () => {
      await migrate(database)
      await jobs.migrate()
    },
    drain: async (seconds) => ({
      worked: await jobs.drain(seconds),
      unprocessed: await countUnprocessed(database),
    }),
    close: jobs.close,
  }
}

function inThisProcess(options: InboxOptions): Background {
  const inbox = createMemoryInbox(options)
  return {
    take: inbox.take,
    migrate: async () => {
      throw new Error('polar-billing-kit: createBilling was given no `database` to migrate.')
    },
    drain: async () => ({ worked: 0, unprocessed: 0 }),
    close: async () => inbox.close(),
  }
}
