import type { models } from '@polar-sh/sdk/2026-10'
import { notEmulated } from '../core/errors.js'
import type { EventRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { isMetered } from '../metering/aggregation.js'
import { eventModel, ownerOf } from './eventModel.js'
import { hasMetadata, listed, oneOf } from './lists.js'
import type { Query } from './query.js'

const order = { name: '-timestamp', by: (row: EventRow) => Date.parse(row.timestamp) }

export function listEvents(world: World, query: Query): models.ListResourceEvent {
  return listed(query, filtered(world, query), (row) => eventModel(world, row), order)
}

function filtered(world: World, query: Query): EventRow[] {
  if (query.one('filter') !== undefined) throw notEmulated('the filter of the list of events')
  const meters = query.ids('meter_id')?.flatMap((id) => world.db.meters.get(id) ?? [])
  const customerIds = query.ids('customer_id')
  const externalIds = query.all('external_customer_id')
  const sources = query.choices('source', ['system', 'user'])
  const names = query.all('name')
  const parents = query.all('parent_id')
  const start = query.moment('start_timestamp') ?? -Infinity
  const end = query.moment('end_timestamp') ?? Infinity
  return world.db.events.all.filter((row) => {
    const owner = ownerOf(world, row)
    const time = Date.parse(row.timestamp)
    return (
      oneOf(externalIds, owner?.external_id ?? row.externalCustomerId) &&
      oneOf(customerIds, owner?.id ?? null) &&
      oneOf(names, row.name) &&
      oneOf(sources, row.source) &&
      oneOf(parents, row.parentId) &&
      (meters === undefined || meters.some((meter) => isMetered(meter, row))) &&
      time >= start &&
      time <= end &&
      hasMetadata(query, row.metadata)
    )
  })
}
