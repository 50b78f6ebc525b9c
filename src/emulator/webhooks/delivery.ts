import { newId } from '../core/ids.js'
import type { EndpointRow, WebhookEventRow } from '../core/rows.js'
import { MINUTE, SECOND } from '../core/time.js'
import { type World, timestamp, touch } from '../core/world.js'
import { disableEndpoint } from './endpoints.js'
import { type Outcome, post } from './post.js'

const MAX_ATTEMPTS = 10
/** So many finished events in a row must have failed before Polar turns an endpoint off. */
const FAILURES_BEFORE_DISABLING = 10

/** Puts an event in line for its first attempt, after the delay of its type. */
export function enqueue(world: World, event: WebhookEventRow): void {
  const { delays } = world.webhooks
  const delay = (Object.hasOwn(delays, event.type) ? delays[event.type] : delays['*']) ?? 0
  scheduleFirstAttempt(world, event, world.clock.now() + delay)
}

function scheduleFirstAttempt(world: World, event: WebhookEventRow, due: number): void {
  world.clock.schedule(`webhook ${event.id}`, due, () => {
    line(world, event)
    // One step later, so that events of the same moment can be put in another order.
    wake(world, event.endpointId)
  })
}

/** Goes on with an event that an earlier emulator had not delivered when it ended. */
export function resume(world: World, event: WebhookEventRow, due: number): void {
  if (event.attempts === 0) scheduleFirstAttempt(world, event, due)
  else world.clock.schedule(`webhook ${event.id}`, due, () => retry(world, event))
}

function line(world: World, event: WebhookEventRow): void {
  const queue = world.queues.get(event.endpointId)
  if (queue === undefined) world.queues.set(event.endpointId, [event.id])
  else queue.push(event.id)
}

/** Starts the first attempts of an endpoint unless they are running or paused. */
export function wake(world: World, endpointId: string): void {
  world.clock.schedule(`webhooks to ${endpointId}`, world.clock.now(), () => {
    world.clock.track(drain(world, endpointId))
  })
}

/** Sends an event again, now and outside the line. */
export function redeliver(world: World, event: WebhookEventRow): void {
  if (world.db.endpoints.get(event.endpointId)?.enabled !== true) return
  event.skipped = false
  event.failures = 0
  world.clock.schedule(`webhook ${event.id}`, world.clock.now(), () => {
    world.clock.track(attempt(world, event))
  })
}

/**
 * First attempts to one endpoint happen one after the other: Polar holds an event back until the earlier ones
 * were tried once.
 */
async function drain(world: World, endpointId: string): Promise<void> {
  if (world.delivering.has(endpointId)) return
  world.delivering.add(endpointId)
  try {
    for (;;) {
      const queue = world.queues.get(endpointId)
      if (queue === undefined || world.webhooks.mode === 'pause') return
      const id = world.webhooks.reorder ? queue.pop() : queue.shift()
      if (id === undefined) return
      const event = world.db.webhookEvents.get(id)
      if (event?.skipped === false) await attempt(world, event)
    }
  } finally {
    world.delivering.delete(endpointId)
  }
}

async function attempt(world: World, event: WebhookEventRow): Promise<void> {
  const endpoint = world.db.endpoints.get(event.endpointId)
  if (endpoint?.enabled !== true) return
  const began = world.clock.now()
  const code = await post(world, endpoint, event)
  // Forgotten in the meantime.
  if (!world.db.webhookEvents.has(event.id)) return
  event.attempts += 1
  event.last_http_code = code.status
  touch(world, event)
  record(world, event, code)
  if (code.succeeded) {
    event.succeeded = true
    if (world.webhooks.duplicate) await post(world, endpoint, event)
    return
  }
  event.failures += 1
  if (event.failures < MAX_ATTEMPTS) {
    const delay = retryDelay(world, event.failures) * world.webhooks.retryTimeScale
    world.clock.schedule(`webhook ${event.id}`, began + delay, () => retry(world, event))
    return
  }
  // What arrived once stays a success.
  event.succeeded ??= false
  disableIfDead(world, endpoint)
}

/** Attempts after the first do not wait for other events. */
function retry(world: World, event: WebhookEventRow): void {
  if (event.skipped) return
  if (world.webhooks.mode === 'pause') line(world, event)
  else world.clock.track(attempt(world, event))
}

function record(world: World, event: WebhookEventRow, { status, succeeded, response }: Outcome): void {
  const id = newId()
  const created_at = timestamp(world)
  world.db.deliveries.set(id, {
    created_at,
    modified_at: null,
    id,
    succeeded,
    http_code: status,
    response,
    eventId: event.id,
  })
}

/**
 * 2 to 4 seconds after the first failure, twice as long after each further one, at most 20 minutes. A frozen
 * clock is there for runs that are all the same, so nothing is left to chance then.
 */
function retryDelay(world: World, failures: number): number {
  const chance = world.clock.frozen ? 0.5 : Math.random()
  return Math.min(2 * SECOND * 2 ** failures, 20 * MINUTE) * (0.5 + chance / 2)
}

function disableIfDead(world: World, endpoint: EndpointRow): void {
  const finished = Array.from(world.db.webhookEvents.values()).filter(
    (event) => event.endpointId === endpoint.id && event.succeeded !== null,
  )
  const last = finished
    .sort((a, b) => Date.parse(a.modified_at ?? a.created_at) - Date.parse(b.modified_at ?? b.created_at))
    .slice(-FAILURES_BEFORE_DISABLING)
  if (last.length < FAILURES_BEFORE_DISABLING || last.some((event) => event.succeeded === true)) return
  disableEndpoint(world, endpoint)
  touch(world, endpoint)
}
