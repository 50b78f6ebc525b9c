import type { models } from '@polar-sh/sdk/2026-10'

/** An endpoint to be added. */
export interface WebhookEndpointInput {
  url: string
  /** Generated as Polar does when absent. */
  secret?: string
  /**
   * How the key is derived from the secret.
   * @default 'standard' for a generated secret, 'legacy' for one of yours
   */
  signature?: 'standard' | 'legacy'
  /** @default all types */
  events?: readonly models.WebhookEventType[]
  /** @default true */
  enabled?: boolean
}

/** An endpoint with its secret. */
export interface EmulatorWebhookEndpoint {
  id: string
  url: string
  secret: string
  signature: 'standard' | 'legacy'
  events: models.WebhookEventType[]
  enabled: boolean
}

/** One event as sent to one endpoint. */
export interface EmulatedWebhook {
  /** The `webhook-id` header, the same in every attempt. */
  id: string
  type: string
  endpoint_id: string
  created_at: string
  attempts: number
  /** `null` while it is waiting. */
  succeeded: boolean | null
  skipped: boolean
  last_http_code: number | null
  payload: string
}
