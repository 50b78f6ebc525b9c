import { check } from '../core/check.js'
import { assign } from '../core/database.js'
import { ApiError, notFound } from '../core/errors.js'
import type { EndpointRow } from '../core/rows.js'
import { webhookSettingsPatch } from '../core/settings.js'
import { timestamp } from '../core/world.js'
import { toEmulatedWebhook, toEmulatorEndpoint } from '../serialize/webhook.js'
import { redeliver, wake } from '../webhooks/delivery.js'
import { sendTo } from '../webhooks/emit.js'
import { EVENT_TYPES, createEndpoint, removeEndpoint } from '../webhooks/endpoints.js'
import type { Host } from './host.js'
import type { EmulatorControls } from './types.js'
import type { WebhookEndpointInput } from './webhookTypes.js'

type Part =
  | 'listWebhookEndpoints'
  | 'addWebhookEndpoint'
  | 'replaceWebhookEndpoints'
  | 'removeWebhookEndpoint'
  | 'webhookSettings'
  | 'setWebhookSettings'
  | 'listWebhooks'
  | 'redeliverWebhook'
  | 'sendWebhook'

export function webhookControls(host: Host): Pick<EmulatorControls, Part> {
  const endpoints = () => Array.from(host.world.db.endpoints.values())
  const list = () => endpoints().map(toEmulatorEndpoint)
  return {
    listWebhookEndpoints: list,
    addWebhookEndpoint: (input) => toEmulatorEndpoint(addEndpoint(host, input)),
    replaceWebhookEndpoints: ({ endpoints: wanted }) => {
      for (const row of endpoints()) removeEndpoint(host.world, row)
      return wanted.map((input) => toEmulatorEndpoint(addEndpoint(host, input)))
    },
    removeWebhookEndpoint: ({ id }) => {
      const row = host.world.db.endpoints.get(id)
      if (row === undefined) throw notFound()
      removeEndpoint(host.world, row)
      return list()
    },
    webhookSettings: () => structuredClone(host.world.webhooks),
    setWebhookSettings: (input) => {
      assign(host.world.webhooks, check(webhookSettingsPatch, input))
      for (const { id } of endpoints()) wake(host.world, id)
      return structuredClone(host.world.webhooks)
    },
    listWebhooks: ({ type, endpoint_id } = {}) =>
      Array.from(host.world.db.webhookEvents.values())
        .filter((row) => type === undefined || row.type === type)
        .filter((row) => endpoint_id === undefined || row.endpointId === endpoint_id)
        .map(toEmulatedWebhook),
    redeliverWebhook: ({ id }) => {
      const row = host.world.db.webhookEvents.get(id)
      if (row === undefined) throw notFound()
      redeliver(host.world, row)
      return toEmulatedWebhook(row)
    },
    sendWebhook: ({ type, data, body }) => {
      const name = type ?? 'unknown'
      const now = timestamp(host.world)
      const payload = body ?? JSON.stringify({ type: name, timestamp: now, api_version: '2026-10', data })
      return endpoints()
        .filter((row) => row.enabled)
        .map((row) => toEmulatedWebhook(sendTo(host.world, row, name, payload)))
    },
  }
}

function addEndpoint(host: Host, { events, ...input }: WebhookEndpointInput): EndpointRow {
  try {
    return createEndpoint(host.world, { ...input, events: events ?? EVENT_TYPES })
  } catch (error) {
    throw new ApiError(422, 'WebhookEndpointError', error instanceof Error ? error.message : String(error))
  }
}
