import type { models } from '@polar-sh/sdk/2026-10'
import type { Context } from 'hono'
import * as z from 'zod/mini'
import type { DeliveryRow } from '../core/rows.js'
import { touch } from '../core/world.js'
import { toDelivery } from '../serialize/webhook.js'
import { redeliver } from '../webhooks/delivery.js'
import {
  EVENT_TYPES,
  createEndpoint,
  disableEndpoint,
  newSecret,
  removeEndpoint,
} from '../webhooks/endpoints.js'
import { readBody } from './body.js'
import { type Mount, found, pathId } from './http.js'
import { listed, oneOf } from './lists.js'
import { Query } from './query.js'
import { httpUrl, text } from './schemas.js'

const fields = {
  url: httpUrl,
  name: z.nullish(text()),
  format: z.enum(['raw', 'discord', 'slack']),
  events: z.array(z.enum(EVENT_TYPES)),
  api_version: z.nullish(z.enum(['2026-04', '2026-10'])),
}

const create = z.object(fields)
const update = z.object({
  url: z.nullish(fields.url),
  name: fields.name,
  format: z.nullish(fields.format),
  events: z.nullish(fields.events),
  api_version: fields.api_version,
  enabled: z.nullish(z.boolean()),
})

/** Endpoint management. Unlike Polar it takes `http://localhost`, which is what a developer has. */
export const mountWebhooks: Mount = (api, world) => {
  const { db } = world
  const endpoint = (c: Context) => found(db.endpoints.get(pathId(c)))

  api.get('/webhooks/endpoints', (c) => {
    const rows = db.endpoints.values()
    return c.json(listed(new Query(c), rows, (row): models.WebhookEndpoint => row))
  })
  api.post('/webhooks/endpoints', async (c) => {
    const { url, name, format, events, api_version } = await readBody(c, create)
    // Whoever names no version gets the one that Polar calls current, which is not the newest.
    const apiVersion = api_version ?? '2026-04'
    return c.json(createEndpoint(world, { url, name: name ?? null, format, events, apiVersion }), 201)
  })
  api.get('/webhooks/endpoints/:id', (c) => c.json(endpoint(c) satisfies models.WebhookEndpoint))
  api.patch('/webhooks/endpoints/:id', async (c) => {
    const row = endpoint(c)
    const body = await readBody(c, update)
    row.url = body.url ?? row.url
    row.name = body.name === undefined ? row.name : body.name
    row.format = body.format ?? row.format
    row.events = body.events ?? row.events
    row.api_version = body.api_version ?? row.api_version
    if (body.enabled === false) disableEndpoint(world, row)
    else row.enabled = body.enabled ?? row.enabled
    touch(world, row)
    return c.json(row satisfies models.WebhookEndpoint)
  })
  api.patch('/webhooks/endpoints/:id/secret', (c) => {
    const row = endpoint(c)
    row.secret = newSecret()
    row.uses_standard_webhook_signature = true
    touch(world, row)
    return c.json(row satisfies models.WebhookEndpoint)
  })
  api.delete('/webhooks/endpoints/:id', (c) => {
    removeEndpoint(world, endpoint(c))
    return c.body(null, 204)
  })
  api.get('/webhooks/deliveries', (c) => {
    const query = new Query(c)
    const succeeded = query.flag('succeeded')
    const endpoints = query.ids('endpoint_id')
    const types = query.choices('event_type', EVENT_TYPES)
    const endpointOf = (row: DeliveryRow) => db.webhookEvents.get(row.eventId)?.endpointId ?? null
    const rows = Array.from(db.deliveries.values()).filter(
      (row) =>
        oneOf(endpoints, endpointOf(row)) &&
        (succeeded === undefined || row.succeeded === succeeded) &&
        oneOf(types, db.webhookEvents.get(row.eventId)?.type ?? null),
    )
    return c.json(listed(query, rows, (row) => toDelivery(row, db)))
  })
  api.post('/webhooks/events/:id/redeliver', (c) => {
    redeliver(world, found(db.webhookEvents.get(pathId(c))))
    return c.json(null, 202)
  })
}
