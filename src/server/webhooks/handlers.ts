import type { BillingStatus } from '../../contract/index.js'
import type { WebhookData, WebhookType } from '../polar/webhookTypes.js'

/** What happened at the provider. */
export interface WebhookEvent<Type extends WebhookType = WebhookType> {
  /** The webhook's id, the same in every attempt: by it a handler knows what it has done already. */
  id: string
  type: Type
  /** ISO 8601. Events come late and out of order: it says which of two is newer. */
  occurredAt: string
  /** `null`: it concerns none. */
  organizationId: string | null
  /** Polar's own object as it was then, without secrets, tokens and URLs. */
  data: WebhookData<Type>
}

export interface WebhookContext {
  /** 1 for the first. */
  attempt: number
  /**
   * The organization's status now, where `data` may be old.
   *
   * @throws BillingError `NOT_FOUND` for an event that concerns no organization, else as `service.getStatus`
   */
  status: () => Promise<BillingStatus>
}

/**
 * What the app does about an event. Each event comes at least once, and not in order; a handler that throws is asked again later, at
 * most ten times. It gets five minutes.
 */
export type WebhookHandlers = {
  readonly [Type in WebhookType]?:
    | ((event: WebhookEvent<Type>, context: WebhookContext) => void | Promise<void>)
    | undefined
}
