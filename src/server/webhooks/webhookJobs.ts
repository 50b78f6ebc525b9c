import type { Database } from '../database/database.js'
import { assertFresh } from '../freshCache.js'
import { type JobHandler, type JobHandlers, reasonOf } from '../jobs/jobs.js'
import { callHandler } from './callHandler.js'
import { type InboxOptions, reportUnread } from './inbox.js'
import {
  findUnhandled,
  findUnread,
  forgetSome,
  giveUp,
  noteFailure,
  settleHandled,
  settleRead,
} from './inboxTable.js'

/** What is done about the webhooks that were stored, whichever process stored them. */
export function createWebhookJobs(database: Database, options: InboxOptions): JobHandlers {
  const { handlers, onEvent } = options
  return {
    refresh: async ({ data: { organizationId } }) => {
      try {
        await readAgain(database, options, organizationId)
      } catch (error) {
        reportUnread(onEvent, organizationId, error)
        // While the provider cannot be asked, what the webhooks tell is shown.
        await options.tell(organizationId, 'status')
        throw error
      }
    },

    // An app that has none leaves them to the release that has.
    ...(Object.keys(handlers).length > 0 && { hook: createHookJob(database, options) }),

    'dead-hook': async ({ data: { webhookId } }) => {
      const dead = await giveUp(database, webhookId)
      if (dead === undefined) return
      const { type, organizationId, attempts, error } = dead
      onEvent({
        type: 'webhook_dead',
        webhookId,
        webhookType: type,
        organizationId,
        attempts,
        message: error,
      })
    },

    forget: async ({ mayGoOn }) => {
      while (mayGoOn() && !(await forgetSome(database)));
    },
  }
}

function createHookJob(database: Database, { handlers, service, onEvent }: InboxOptions): JobHandler<'hook'> {
  return async ({ data: { webhookId }, attempt }) => {
    const webhook = await findUnhandled(database, webhookId)
    if (webhook === undefined) return
    const { type, organizationId } = webhook
    try {
      await callHandler(handlers, webhook, { attempt, service })
    } catch (error) {
      onEvent({ type: 'webhook_failed', webhookId, webhookType: type, organizationId, attempt, cause: error })
      await noteFailure(database, webhookId, attempt, reasonOf(error))
      throw error
    }
    await settleHandled(database, webhookId, attempt)
  }
}

/** Reads an organization again, if anybody uses what is known of it, and settles the webhooks that told of a change. */
async function readAgain(
  database: Database,
  { reader, tell }: InboxOptions,
  organizationId: string,
): Promise<void> {
  const ids = await findUnread(database, organizationId)
  if (ids.length === 0) return
  if (await reader.knows(organizationId)) assertFresh(await reader.customer(organizationId))
  // No reading tells of it; but whoever could not be answered yet may be now, from the webhooks.
  else await tell(organizationId, 'status')
  await settleRead(database, ids)
}
