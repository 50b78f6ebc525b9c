import type { ResolvedOptions } from '../options.js'
import type { Clock } from './clock.js'
import type { Database } from './database.js'
import type { CheckoutRow, OrderRow, OrganizationRow, SubscriptionRow } from './rows.js'
import type { EmulatorSettings, Fault, WebhookSettings } from './settings.js'
import { iso, isoAfter } from './time.js'

/** One emulated Polar: what every rule of it reads and changes. */
export interface World {
  readonly options: ResolvedOptions
  /** How it behaves now: the options, until a control changes them. */
  readonly settings: EmulatorSettings
  readonly clock: Clock
  readonly db: Database
  readonly organization: OrganizationRow
  readonly faults: Map<string, Fault>
  readonly webhooks: WebhookSettings
  /** Ids of webhook events that wait for their first attempt, by endpoint. */
  readonly queues: Map<string, string[]>
  /** Endpoints to which first attempts are under way. */
  readonly delivering: Set<string>
  /** Ends the deliveries under way when this world does. */
  readonly end: AbortController
  /** First trigger of each debounced job that is waiting. */
  readonly debounced: Map<string, number>
  /** Snapshots that stand for Polar's cache of the customer state. */
  readonly stateCache: Map<string, string>
  /** For the rate limit: when the minute of a caller began, and how often he has asked in it. */
  readonly requests: Map<string, { since: number; count: number }>
  readonly due: DueHandlers
  /** Origin and base path of the last request. */
  lastUrl: string
}

/** What falls due by itself. Handed in from outside, because it leads to changes that are scheduled again. */
export interface DueHandlers {
  /** A period, a trial or a pause is over. */
  subscription: (world: World, row: SubscriptionRow) => void
  /** A failed payment is tried again. */
  payment: (world: World, row: OrderRow) => void
  /** A checkout was paid, or lay around for too long. */
  checkout: (world: World, row: CheckoutRow) => void
}

/** The present as Polar writes it. */
export function timestamp(world: World): string {
  return iso(world.clock.now())
}

/** Marks a row as changed now: always later than before, so that two states of it can be told apart. */
export function touch(world: World, row: { created_at: string; modified_at: string | null }): void {
  row.modified_at = isoAfter(world.clock.now(), row.modified_at ?? row.created_at)
}

/** Where a browser reaches the emulator. */
export function publicUrl(world: World): string {
  return world.options.publicUrl ?? world.lastUrl
}

/** The path of that, without a slash at the end. */
export function publicPath(world: World): string {
  return new URL(publicUrl(world)).pathname.replace(/\/$/, '')
}

/** Runs a job once things have been quiet for `delay`, and at the latest `maximum` after the first call. */
export function debounce(
  world: World,
  key: string,
  { delay, maximum }: { delay: number; maximum: number },
  run: () => void,
): void {
  const now = world.clock.now()
  const first = world.debounced.get(key) ?? now
  world.debounced.set(key, first)
  world.clock.schedule(key, Math.min(now + delay, first + maximum), () => {
    world.debounced.delete(key)
    run()
  })
}
