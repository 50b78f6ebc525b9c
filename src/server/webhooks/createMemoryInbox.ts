import { ExponentialBackoff, handleAll, retry } from 'cockatiel'
import { assertFresh } from '../freshCache.js'
import type { Webhook } from '../provider.js'
import { callHandler, hasHandler } from './callHandler.js'
import { GATHER_TIME, type Inbox, type InboxOptions, reportUnread } from './inbox.js'

/** The provider repeats within minutes. */
const MAX_REMEMBERED = 10_000
const MAX_ATTEMPTS = 4
/** Milliseconds until the second attempt, doubled for each further one. */
const FIRST_PAUSE = 1_000

export interface MemoryInbox extends Inbox {
  close(): void
}

/**
 * Takes webhooks in where nothing can be stored: what they cause is done in this process, or not at all if it ends. A webhook says
 * that something changed, not what is true now: it may be late, repeated or out of order. So it marks what is known of the organization
 * as out of date and, where somebody uses it, reads it again once for all the webhooks of a moment.
 */
export function createMemoryInbox(options: InboxOptions): MemoryInbox {
  const { reader, service, handlers, tell, onEvent } = options
  const gathering = new Map<string, ReturnType<typeof setTimeout>>()
  const taken = new Set<string>()
  const closing = new AbortController()

  async function refresh(organizationId: string): Promise<void> {
    gathering.delete(organizationId)
    try {
      if (await reader.knows(organizationId)) assertFresh(await reader.customer(organizationId))
      // No reading tells of it; but a page may show what is always asked for, such as orders.
      else await tell(organizationId, 'status')
    } catch (error) {
      reportUnread(onEvent, organizationId, error)
    }
  }

  async function expire(organizationId: string): Promise<void> {
    await reader.expire(organizationId)
    if (closing.signal.aborted || gathering.has(organizationId)) return
    gathering.set(
      organizationId,
      setTimeout(() => void refresh(organizationId), GATHER_TIME),
    )
  }

  async function handle(webhook: Webhook): Promise<void> {
    if (!hasHandler(handlers, webhook.type)) return
    const { id: webhookId, type: webhookType, organizationId } = webhook
    const about = { webhookId, webhookType, organizationId }
    const policy = retry(handleAll, {
      maxAttempts: MAX_ATTEMPTS - 1,
      backoff: new ExponentialBackoff({ initialDelay: FIRST_PAUSE }),
    }).dangerouslyUnref()
    try {
      await policy.execute(async ({ attempt: failures }) => {
        const attempt = failures + 1
        try {
          await callHandler(handlers, webhook, { attempt, service })
        } catch (cause) {
          onEvent({ type: 'webhook_failed', ...about, attempt, cause })
          throw cause
        }
      }, closing.signal)
    } catch (error) {
      onEvent({ type: 'webhook_dead', ...about, attempts: MAX_ATTEMPTS, message: String(error) })
    }
  }

  return {
    take: async (webhook) => {
      const { id, type, organizationId } = webhook
      if (closing.signal.aborted || taken.has(id)) return
      taken.add(id)
      if (taken.size > MAX_REMEMBERED) taken.delete(taken.values().next().value as string)
      onEvent({ type: 'webhook_received', webhookType: type, organizationId })
      if (organizationId !== null) await expire(organizationId)
      void handle(webhook)
    },
    close: () => {
      closing.abort()
      for (const timer of gathering.values()) clearTimeout(timer)
      gathering.clear()
    },
  }
}
