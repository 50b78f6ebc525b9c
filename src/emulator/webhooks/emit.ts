import type { webhooks } from '@polar-sh/sdk/2026-10'
import { newId } from '../core/ids.js'
import type { EndpointRow, WebhookEventRow } from '../core/rows.js'
import { isoAfter } from '../core/time.js'
import { type World, timestamp } from '../core/world.js'
import { enqueue } from './delivery.js'
import { forgetOldEvents } from './retention.js'

type Payload = webhooks.WebhookPayload
type EventData<Type extends Payload['type']> = Extract<Payload, { type: Type }>['data']

/**
 * Sends an event to every endpoint that wants it. The payload is frozen here, as in Polar: a late retry
 * carries old data.
 */
export function emit<Type extends Payload['type']>(world: World, type: Type, data: EventData<Type>): void {
  const endpoints = Array.from(world.db.endpoints.values()).filter(
    (endpoint) => endpoint.enabled && endpoint.events.includes(type),
  )
  const moment = isoAfter(world.clock.now(), lastMoments.get(world) ?? null)
  lastMoments.set(world, moment)
  for (const endpoint of endpoints) {
    const { api_version } = endpoint
    sendTo(world, endpoint, type, JSON.stringify({ type, timestamp: moment, api_version, data }))
  }
}

/** No two events of a world have one timestamp: it is what tells receivers which of them is the later one. */
const lastMoments = new WeakMap<World, string>()

/** Queues one payload for one endpoint. Every endpoint gets an event of its own. */
export function sendTo(world: World, endpoint: EndpointRow, type: string, payload: string): WebhookEventRow {
  const dropped = world.webhooks.mode === 'drop'
  const event: WebhookEventRow = {
    created_at: timestamp(world),
    modified_at: null,
    id: newId(),
    last_http_code: null,
    succeeded: null,
    skipped: dropped,
    api_version: endpoint.api_version,
    payload,
    type,
    is_archived: false,
    endpointId: endpoint.id,
    attempts: 0,
    failures: 0,
  }
  world.db.webhookEvents.set(event.id, event)
  forgetOldEvents(world.db)
  if (!dropped) enqueue(world, event)
  return event
}
