import type { Database } from '../core/database.js'
import type { DeliveryRow, WebhookEventRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { type EmulatorState, FORMAT, VERSION } from './emulatorState.js'

/** Webhooks that are done are kept for looking at; each holds a whole payload. */
const DONE_WEBHOOKS = 200

/** What the world is now. It shares the world's rows: write it down before anything else happens. */
export function takeState({ clock, db, options, organization }: World): EmulatorState {
  const webhookEvents = keptWebhooks(db)
  return {
    format: FORMAT,
    version: VERSION,
    savedAt: Date.now(),
    clock: { now: clock.now(), frozen: clock.frozen, planned: clock.upcoming() },
    catalog: options.catalog,
    organization,
    tables: {
      meters: [...db.meters],
      benefits: [...db.benefits],
      products: [...db.products],
      customers: [...db.customers],
      externalIds: [...db.externalIds],
      emails: [...db.emails],
      checkouts: [...db.checkouts],
      subscriptions: [...db.subscriptions],
      orders: [...db.orders],
      grants: [...db.grants],
      members: [...db.members],
      seats: [...db.seats],
      customerMeters: [...db.customerMeters],
      sessions: [...db.sessions],
      endpoints: [...db.endpoints],
      webhookEvents,
      deliveries: deliveriesOf(db, new Set(webhookEvents.map(([id]) => id))),
    },
    events: [...db.events.all],
  }
}

function keptWebhooks({ webhookEvents }: Database): [string, WebhookEventRow][] {
  const isDone = ({ skipped, succeeded }: WebhookEventRow): boolean => skipped || succeeded !== null
  const done = Array.from(webhookEvents.values()).filter(isDone)
  const old = new Set(done.slice(0, -DONE_WEBHOOKS))
  return Array.from(webhookEvents).filter(([, event]) => !old.has(event))
}

function deliveriesOf({ deliveries }: Database, events: ReadonlySet<string>): [string, DeliveryRow][] {
  return Array.from(deliveries).filter(([, { eventId }]) => events.has(eventId))
}
