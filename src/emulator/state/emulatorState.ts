import type { EmulatorCatalog } from '../catalog/types.js'
import type { Database } from '../core/database.js'
import type { EventRow, OrganizationRow } from '../core/rows.js'

/** What the file says first, so that no other JSON is taken for one. */
export const FORMAT = 'polar-billing-kit emulator'
/** Raised when an older release could not read the file any more. */
export const VERSION = 1

/** The tables as they are; what can be derived from them is not kept. */
export const TABLES = [
  'meters',
  'benefits',
  'products',
  'customers',
  'externalIds',
  'emails',
  'checkouts',
  'subscriptions',
  'orders',
  'grants',
  'members',
  'seats',
  'customerMeters',
  'sessions',
  'endpoints',
  'webhookEvents',
  'deliveries',
] as const satisfies readonly (keyof Database)[]

type TableName = (typeof TABLES)[number]
type RowOf<Table> = Table extends ReadonlyMap<string, infer Row> ? Row : never

/**
 * All that has to survive a restart, as JSON. How the emulator behaves (settings, faults, how webhooks are delivered) is not part of it:
 * that belongs to the run.
 */
export interface EmulatorState {
  format: typeof FORMAT
  version: number
  /** Real time, so that the time until the next start can pass on the emulator's clock too. */
  savedAt: number
  clock: { now: number; frozen: boolean; planned: { key: string; due: number }[] }
  /** What was for sale: where it is something else at the next start, that wins. */
  catalog: EmulatorCatalog
  organization: OrganizationRow
  tables: { [Name in TableName]: [key: string, row: RowOf<Database[Name]>][] }
  events: EventRow[]
}
