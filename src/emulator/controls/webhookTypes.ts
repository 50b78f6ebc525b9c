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

/** How webhooks are delivered. */
export interface WebhookSettings {
  /** Milliseconds by which events of a type are held back, `*` for all others. */
  delays: Record<string, number>
  /** Every successful delivery is sent twice. */
  duplicate: boolean
  /** Events of one moment arrive in reverse order. */
  reorder: boolean
  /** `pause` keeps events until deliveries go on, `drop` loses them. */
  mode: 'deliver' | 'pause' | 'drop'
  /** Factor on the waiting times between attempts: 0 retries at once. */
  retryTimeScale: number
  /** Real milliseconds that a receiver has to answer. */
  timeoutMs: number
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
