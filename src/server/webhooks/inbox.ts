import type { Changed } from '../../contract/index.js'
import type { OnEvent } from '../events.js'
import { NoRoomError } from '../limits/noRoomError.js'
import type { Webhook } from '../provider.js'
import type { Reader } from '../reader.js'
import type { BillingService } from '../service.js'
import type { WebhookHandlers } from './handlers.js'

/** Takes webhooks in and sees to what they cause. */
export interface Inbox {
  /**
   * Resolves when the webhook is safe (with a database: stored) and no reader can take what was known before for the present state. One
   * that came before is not taken twice.
   */
  take(webhook: Webhook): Promise<void>
}

export interface InboxOptions {
  reader: Reader
  service: BillingService
  handlers: WebhookHandlers
  /** Lets browsers know. Never rejects. */
  tell: (organizationId: string, changed: Changed) => Promise<void>
  onEvent: OnEvent
}

/** Milliseconds in which the webhooks of one change gather: a purchase sends about ten. */
export const GATHER_TIME = 250

/** Says why an organization could not be read again. For lack of room `budget_exhausted` has said it, once. */
export function reportUnread(onEvent: OnEvent, organizationId: string, error: unknown): void {
  if (error instanceof NoRoomError) return
  onEvent({ type: 'refresh_failed', organizationId, message: String((error as Error).cause ?? error) })
}
