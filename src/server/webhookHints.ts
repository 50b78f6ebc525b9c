import type { OnEvent } from './events.js'
import type { WebhookHint } from './provider.js'
import type { Reader } from './reader.js'

/** Milliseconds in which the webhooks of one change gather: a purchase sends about ten. */
const GATHER_TIME = 250

export interface WebhookHints {
  /** Resolves when no reader can take what was known before for the present state. */
  take(hint: WebhookHint): Promise<void>
  close(): void
}

/**
 * A webhook says that something changed, not what is true now: it may be late, repeated or out of order. It marks what is known of
 * the organization as out of date and, where somebody uses it, reads it again once for all the webhooks of a moment.
 */
export function createWebhookHints(reader: Reader, onEvent: OnEvent): WebhookHints {
  const gathering = new Map<string, ReturnType<typeof setTimeout>>()
  let closed = false

  async function refresh(organizationId: string): Promise<void> {
    gathering.delete(organizationId)
    try {
      await reader.customer(organizationId)
    } catch (error) {
      onEvent({ type: 'refresh_failed', organizationId, message: String(error) })
    }
  }

  return {
    take: async ({ type, organizationId }) => {
      onEvent({ type: 'webhook_received', webhookType: type, organizationId })
      if (organizationId === null || closed) return
      await reader.expire(organizationId)
      const isKnown = await reader.knows(organizationId)
      if (closed || !isKnown || gathering.has(organizationId)) return
      gathering.set(
        organizationId,
        setTimeout(() => void refresh(organizationId), GATHER_TIME),
      )
    },
    close: () => {
      closed = true
      for (const timer of gathering.values()) clearTimeout(timer)
      gathering.clear()
    },
  }
}
