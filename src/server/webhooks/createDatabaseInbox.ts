import type { Database } from '../database/database.js'
import { explained } from '../database/explainFailures.js'
import type { Jobs } from '../jobs/jobs.js'
import { hasHandler } from './callHandler.js'
import { GATHER_TIME, type Inbox, type InboxOptions } from './inbox.js'
import { beginEpoch, insertWebhook, type Todo } from './inboxTable.js'

/**
 * Keeps each webhook in the database before it is acknowledged, in one transaction with what it causes: what is known of its
 * organization is old from then on, and a job reads it again and another one asks the app's handler.
 */
export function createDatabaseInbox(
  database: Database,
  { jobs, handlers, onEvent }: Pick<InboxOptions, 'handlers' | 'onEvent'> & { jobs: Jobs },
): Inbox {
  return {
    take: async (webhook) => {
      const { id, type, organizationId } = webhook
      const awaits: Todo[] = [
        ...(organizationId === null ? [] : (['refresh'] as const)),
        ...(hasHandler(handlers, type) ? (['hook'] as const) : []),
      ]
      const isNew = await explained(async () => {
        await jobs.ready()
        return database.transaction(async (tx) => {
          if (!(await insertWebhook(tx, webhook, awaits))) return false
          if (organizationId !== null) {
            await beginEpoch(tx, id, organizationId)
            await jobs.send(tx, 'refresh', { organizationId })
          }
          if (awaits.includes('hook')) await jobs.send(tx, 'hook', { webhookId: id })
          return true
        })
      })
      if (!isNew) return
      onEvent({ type: 'webhook_received', webhookType: type, organizationId })
      if (organizationId !== null) jobs.wake('refresh', GATHER_TIME)
      if (awaits.includes('hook')) jobs.wake('hook', 0)
    },
  }
}
