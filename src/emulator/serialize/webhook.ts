import type { models } from '@polar-sh/sdk/2026-10'
import type { EmulatedWebhook, EmulatorWebhookEndpoint } from '../controls/webhookTypes.js'
import { type Database, required } from '../core/database.js'
import type { DeliveryRow, EndpointRow, WebhookEventRow } from '../core/rows.js'

export function toDelivery(row: DeliveryRow, db: Database): models.WebhookDelivery {
  const { eventId, ...fields } = row
  const {
    endpointId: _endpointId,
    attempts: _attempts,
    failures: _failures,
    type,
    ...event
  } = required(db.webhookEvents, eventId)
  // A control can send types that the SDK does not know yet.
  return { ...fields, webhook_event: { ...event, type: type as models.WebhookEventType } }
}

export function toEmulatedWebhook(row: WebhookEventRow): EmulatedWebhook {
  return {
    id: row.id,
    type: row.type,
    endpoint_id: row.endpointId,
    created_at: row.created_at,
    attempts: row.attempts,
    succeeded: row.succeeded,
    skipped: row.skipped,
    last_http_code: row.last_http_code,
    payload: row.payload,
  }
}

export function toEmulatorEndpoint(row: EndpointRow): EmulatorWebhookEndpoint {
  return {
    id: row.id,
    url: row.url,
    secret: row.secret,
    signature: row.uses_standard_webhook_signature ? 'standard' : 'legacy',
    events: row.events,
    enabled: row.enabled,
  }
}
