import type { models } from '@polar-sh/sdk/2026-10'
import { customerByExternalId, customerById } from '../billing/customers.js'
import { check } from '../core/check.js'
import { type Issue, ValidationFailure } from '../core/errors.js'
import { newId } from '../core/ids.js'
import type { World } from '../core/world.js'
import { type NewEvent, ingest } from '../metering/ingest.js'
import { readBody } from './body.js'
import { type EventCreateBody, eventCreate, eventsIngest } from './eventSchemas.js'
import { listEvents } from './eventLists.js'
import { eventModel } from './eventModel.js'
import { type Mount, found, pathId } from './http.js'
import { Query } from './query.js'

export const mountEvents: Mount = (api, world) => {
  api.post('/events/ingest', async (c) => {
    const { events } = await readBody(c, eventsIngest)
    return c.json(ingest(world, validBatch(world, events)) satisfies models.EventsIngestResponse)
  })
  api.get('/events/', (c) => c.json(listEvents(world, new Query(c))))
  api.get('/events/:id', (c) => c.json(eventModel(world, found(world.db.events.byId(pathId(c))))))
}

/** All or nothing: one bad event refuses the batch. */
function validBatch(world: World, events: readonly unknown[]): NewEvent[] {
  const parsed = all(events, (event, index) => ({
    id: newId(),
    index,
    body: check(eventCreate, event, ['body', 'events', index]),
  }))
  const batchIds = new Map<string, string>()
  for (const { id, body } of parsed) {
    const externalId = body.external_id ?? null
    if (externalId !== null && !batchIds.has(externalId)) batchIds.set(externalId, id)
  }
  return all(parsed, (event) => validEvent(world, event, batchIds))
}

/** Checks everything before it complains. */
function all<In, Out>(items: readonly In[], run: (item: In, index: number) => Out): Out[] {
  const issues: Issue[] = []
  const results = items.flatMap((item, index) => {
    try {
      return [run(item, index)]
    } catch (error) {
      if (!(error instanceof ValidationFailure)) throw error
      issues.push(...error.issues)
      return []
    }
  })
  if (issues.length > 0) throw new ValidationFailure(issues)
  return results
}

interface ParsedEvent {
  id: string
  index: number
  body: EventCreateBody
}

function validEvent(
  world: World,
  { id, index, body }: ParsedEvent,
  batchIds: ReadonlyMap<string, string>,
): NewEvent {
  const refuse = (field: string, msg: string, value: unknown) =>
    new ValidationFailure([{ type: 'value_error', loc: ['body', 'events', index, field], msg, input: value }])
  const byId = body.customer_id ?? null
  const external = body.external_customer_id ?? null
  if ((byId === null) === (external === null)) {
    throw refuse('customer_id', 'Exactly one of customer_id and external_customer_id is required.', byId)
  }
  if (body.timestamp !== undefined && Date.parse(body.timestamp) > world.clock.now()) {
    throw refuse('timestamp', 'Value error, Timestamp must be in the past.', body.timestamp)
  }
  // Only ids of ours are checked: an unknown external id waits for its customer.
  const customer = byId === null ? customerByExternalId(world, external ?? '') : customerById(world, byId)
  if (byId !== null && customer === undefined) throw refuse('customer_id', 'Customer not found.', byId)
  const parentId = parentOf(world, body.parent_id ?? null, batchIds)
  if (parentId === undefined) throw refuse('parent_id', 'Parent event not found.', body.parent_id)
  return { ...asNewEvent(body), id, customer, parentId }
}

function asNewEvent(event: EventCreateBody): Omit<NewEvent, 'id' | 'customer' | 'parentId'> {
  return {
    name: event.name,
    timestamp: event.timestamp,
    externalId: event.external_id ?? null,
    externalCustomerId: event.external_customer_id ?? null,
    memberId: event.member_id ?? null,
    externalMemberId: event.external_member_id ?? null,
    metadata: event.metadata ?? {},
  }
}

/** A parent is named by our id or by the merchant's, and may come in the same batch. */
function parentOf(
  { db }: World,
  wanted: string | null,
  batchIds: ReadonlyMap<string, string>,
): string | null | undefined {
  if (wanted === null) return null
  return (db.events.byExternalId(wanted) ?? db.events.byId(wanted))?.id ?? batchIds.get(wanted)
}
