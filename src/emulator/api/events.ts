import type { models } from '@polar-sh/sdk/2026-10'
import { customerByExternalId, customerById } from '../billing/customers.js'
import { type Issue, ValidationFailure } from '../core/errors.js'
import type { World } from '../core/world.js'
import { type NewEvent, ingest } from '../metering/ingest.js'
import { type EventCreateBody, eventCreate, eventsIngest } from './eventSchemas.js'
import { listEvents, listNames } from './eventLists.js'
import { eventModel } from './eventModel.js'
import { type Mount, found, pathId } from './http.js'
import { Query } from './query.js'
import { check, readBody } from './validation.js'

export const mountEvents: Mount = (api, world) => {
  api.post('/events/ingest', async (c) => {
    const { events } = await readBody(c, eventsIngest)
    return c.json(ingest(world, validBatch(world, events)) satisfies models.EventsIngestResponse)
  })
  api.get('/events/', (c) => c.json(listEvents(world, new Query(c))))
  api.get('/events/names', (c) => c.json(listNames(world, new Query(c))))
  api.get('/events/:id', (c) => {
    const id = pathId(c)
    return c.json(eventModel(world, found(world.db.events.all.find((row) => row.id === id))))
  })
}

/** All or nothing: one bad event refuses the batch. */
function validBatch(world: World, events: readonly unknown[]): NewEvent[] {
  const issues: Issue[] = []
  const batch = events.flatMap((event, index) => {
    try {
      return [validEvent(world, event, index)]
    } catch (error) {
      if (!(error instanceof ValidationFailure)) throw error
      issues.push(...error.issues)
      return []
    }
  })
  if (issues.length > 0) throw new ValidationFailure(issues)
  return batch
}

function validEvent(world: World, input: unknown, index: number): NewEvent {
  const event = check(eventCreate, input, ['body', 'events', index])
  const refuse = (field: string, msg: string, value: unknown) =>
    new ValidationFailure([{ type: 'value_error', loc: ['body', 'events', index, field], msg, input: value }])
  const byId = event.customer_id ?? null
  const external = event.external_customer_id ?? null
  if ((byId === null) === (external === null)) {
    throw refuse('customer_id', 'Exactly one of customer_id and external_customer_id is required.', byId)
  }
  if (event.timestamp !== undefined && Date.parse(event.timestamp) > world.clock.now()) {
    throw refuse('timestamp', 'Value error, Timestamp must be in the past.', event.timestamp)
  }
  // Only ids of ours are checked: an unknown external id waits for its customer.
  const customer = byId === null ? customerByExternalId(world, external ?? '') : customerById(world, byId)
  if (byId !== null && customer === undefined) throw refuse('customer_id', 'Customer not found.', byId)
  return { ...asNewEvent(event), customer, parentId: parentOf(world, event, refuse) }
}

function asNewEvent(event: EventCreateBody): Omit<NewEvent, 'customer' | 'parentId'> {
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

/** A parent is named by our id or by the merchant's. */
function parentOf(
  world: World,
  event: EventCreateBody,
  refuse: (field: string, msg: string, value: unknown) => ValidationFailure,
): string | null {
  const wanted = event.parent_id ?? null
  if (wanted === null) return null
  const parent = world.db.events.byExternalId(wanted) ?? world.db.events.all.find((row) => row.id === wanted)
  if (parent === undefined) throw refuse('parent_id', 'Parent event not found.', wanted)
  return parent.id
}
