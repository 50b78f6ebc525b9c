import type { models } from '@polar-sh/sdk/2026-10'
import { fillStateCache } from '../billing/stateChanged.js'
import { check } from '../core/check.js'
import { assign } from '../core/database.js'
import { catalogId } from '../catalog/loadCatalog.js'
import type { EventRow } from '../core/rows.js'
import { settingsPatch } from '../core/settings.js'
import { readClock } from './clock.js'
import type { Host } from './host.js'
import type { EmulatorControls, IngestedEvent } from './types.js'

type Part = 'listEvents' | 'catalog' | 'settings' | 'changeSettings' | 'reset'

export function dataControls(host: Host): Pick<EmulatorControls, Part> {
  return {
    listEvents: ({ external_customer_id, name } = {}) => {
      const events = host.world.db.events.all
        .filter((row) => row.source === 'user')
        .filter(
          (row) => external_customer_id === undefined || row.externalCustomerId === external_customer_id,
        )
        .filter((row) => name === undefined || row.name === name)
        .map(toIngestedEvent)
      return { count: events.length, names: countNames(events), events }
    },
    catalog: () => {
      const { catalog } = host.world.options
      const ids = (
        kind: 'product' | 'meter' | 'benefit',
        entries: Readonly<Record<string, { id?: string }>> = {},
      ) => Object.fromEntries(Object.entries(entries).map(([key, { id }]) => [key, catalogId(kind, key, id)]))
      return {
        organization: host.world.organization.id,
        products: ids('product', catalog.products),
        meters: ids('meter', catalog.meters),
        benefits: ids('benefit', catalog.benefits),
      }
    },
    settings: () => ({ ...host.world.settings }),
    changeSettings: (input) => {
      assign(host.world.settings, check(settingsPatch, input))
      if (input.stateDelay !== undefined) fillStateCache(host.world)
      return { ...host.world.settings }
    },
    reset: ({ keepWebhookEndpoints = false } = {}) => {
      const { endpoints } = host.world.db
      host.restart()
      if (keepWebhookEndpoints) for (const [id, row] of endpoints) host.world.db.endpoints.set(id, row)
      return readClock(host)
    },
  }
}

function countNames(events: readonly IngestedEvent[]): Record<string, number> {
  const names = new Map<string, number>()
  for (const { name } of events) names.set(name, (names.get(name) ?? 0) + 1)
  return Object.fromEntries(names)
}

function toIngestedEvent(row: EventRow): IngestedEvent {
  return {
    id: row.id,
    name: row.name,
    external_id: row.externalId,
    customer_id: row.customerId,
    external_customer_id: row.externalCustomerId,
    timestamp: row.timestamp,
    ingested_at: row.ingestedAt,
    metadata: row.metadata as models.EventMetadataOutput,
  }
}
