import type { models } from '@polar-sh/sdk/2026-10'
import type { EventRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { isMetered } from '../metering/aggregation.js'
import { matches } from '../metering/filter.js'
import { eventModel, ownerOf } from './eventModel.js'
import { hasMetadata, listed, oneOf } from './lists.js'
import type { Query } from './query.js'

export function listEvents(world: World, query: Query): models.ListResourceEvent {
  const sorting = { timestamp: (row: EventRow) => Date.parse(row.timestamp) }
  const rows = filtered(world, query)
  return listed(query, rows, sorting, '-timestamp', (row) => eventModel(world, row))
}

export function listNames(world: World, query: Query): models.ListResourceEventName {
  const names = new Map<string, models.EventName>()
  for (const row of filtered(world, query)) {
    const key = `${row.source} ${row.name}`
    const known = names.get(key)
    names.set(key, {
      name: row.name,
      label: row.label,
      source: row.source,
      occurrences: (known?.occurrences ?? 0) + 1,
      first_seen: earlier(known?.first_seen, row.timestamp),
      last_seen: later(known?.last_seen, row.timestamp),
    })
  }
  const sorting = {
    name: (row: models.EventName) => row.name,
    occurrences: (row: models.EventName) => row.occurrences,
    first_seen: (row: models.EventName) => Date.parse(row.first_seen),
    last_seen: (row: models.EventName) => Date.parse(row.last_seen),
  }
  return listed(query, names.values(), sorting, '-last_seen', (row) => row)
}

function filtered(world: World, query: Query): EventRow[] {
  const meters = query.all('meter_id')?.flatMap((id) => world.db.meters.get(id) ?? [])
  const filter = filterOf(query)
  const start = query.moment('start_timestamp') ?? -Infinity
  const end = query.moment('end_timestamp') ?? Infinity
  return world.db.events.all.filter((row) => {
    const owner = ownerOf(world, row)
    const time = Date.parse(row.timestamp)
    return (
      oneOf(query.all('external_customer_id'), owner?.external_id ?? row.externalCustomerId) &&
      oneOf(query.all('customer_id'), owner?.id ?? null) &&
      oneOf(query.all('name'), row.name) &&
      oneOf(query.all('source'), row.source) &&
      oneOf(query.all('parent_id'), row.parentId) &&
      (meters === undefined || meters.some((meter) => isMetered(meter, row))) &&
      (filter === undefined || matches(filter, row)) &&
      time >= start &&
      time <= end &&
      hasMetadata(query, row.metadata)
    )
  })
}

/** A filter in JSON, in the form of a meter's. */
function filterOf(query: Query): models.Filter | undefined {
  const text = query.one('filter')
  if (text === undefined) return undefined
  try {
    const filter: unknown = JSON.parse(text)
    if (isFilter(filter)) return filter
  } catch {
    // Reported below, like JSON that is no filter.
  }
  throw query.refuse('filter', 'json_invalid', 'Invalid JSON')
}

function isFilter(value: unknown): value is models.Filter {
  return typeof value === 'object' && value !== null && 'clauses' in value && Array.isArray(value.clauses)
}

function earlier(a: string | undefined, b: string): string {
  return a !== undefined && Date.parse(a) < Date.parse(b) ? a : b
}

function later(a: string | undefined, b: string): string {
  return a !== undefined && Date.parse(a) > Date.parse(b) ? a : b
}
