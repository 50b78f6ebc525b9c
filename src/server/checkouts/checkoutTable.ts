import type { BillingErrorCode } from '../../contract/index.js'
import type { Queryable } from '../database/database.js'
import { LEASE_END } from '../database/lease.js'

/** What is bought, and for whom. Equal choices share a session. */
export interface CheckoutChoice {
  organizationId: string
  productId: string
  /** `null`: as many as the page proposes. */
  seats: number | null
  /** The free subscription that the purchase replaces. */
  replaces: string | null
  /** The origin of the page that shows it in a frame, to which alone it speaks; `null`: it is a page of its own. */
  embedOrigin: string | null
}

/** What is known of the session for a choice. */
export interface CheckoutEntry {
  /** The last one that was opened. */
  checkoutId: string | null
  expiresAt: Date | null
  /** Counts the attempts to open one that have ended, well or not. */
  revision: number
  /** Why the last attempt failed, where everybody would have failed. */
  failure: CheckoutFailure | null
}

export interface CheckoutFailure {
  code: BillingErrorCode
  /** Seconds. */
  retryAfter?: number | undefined
}

/** The right to open a session, for as long as it is renewed. */
export interface CheckoutLease {
  choice: CheckoutChoice
  id: string
}

/** Remembers which sessions were opened, never their URLs. */
export interface CheckoutTable {
  /** The last sessions of the organization, whatever they sell. */
  list(organizationId: string): Promise<CheckoutEntry[]>
  find(choice: CheckoutChoice): Promise<CheckoutEntry>
  /** `undefined`: somebody else opens one now, or has tried since this revision. */
  takeLease(choice: CheckoutChoice, revision: number): Promise<CheckoutLease | undefined>
  renew(lease: CheckoutLease): Promise<void>
  /** `false`: the lease was lost, and another one has opened a session that counts. */
  succeed(lease: CheckoutLease, opened: { checkoutId: string; expiresAt: string }): Promise<boolean>
  fail(lease: CheckoutLease, failure: CheckoutFailure | null): Promise<void>
}

export const NO_SESSION: CheckoutEntry = { checkoutId: null, expiresAt: null, revision: 0, failure: null }

/** More kinds of sessions than an organization has open in earnest; each one is read before another is opened. */
export const MAX_LISTED = 5

export const toKey = ({ productId, seats, replaces, embedOrigin }: CheckoutChoice): string =>
  // As it was before there were embedded ones: sessions outlive a deploy.
  JSON.stringify([productId, seats, replaces, ...(embedOrigin === null ? [] : [embedOrigin])])

interface Row {
  checkout_id: string | null
  expires_at: Date | null
  revision: number
  failure: CheckoutFailure | null
}

const COLUMNS = 'checkout_id, expires_at, revision, failure'

/** The sessions of all processes. */
export function createCheckoutTable(database: Queryable): CheckoutTable {
  const ofLease = ({ choice, id }: CheckoutLease): string[] => [choice.organizationId, toKey(choice), id]

  return {
    list: async (organizationId) => {
      const rows = await database.query<Row>(
        `select ${COLUMNS} from polar_billing.checkouts
         where organization_id = $1 order by changed_at desc limit ${MAX_LISTED}`,
        [organizationId],
      )
      return rows.map(toEntry)
    },
    find: async (choice) => {
      const [row] = await database.query<Row>(
        `select ${COLUMNS} from polar_billing.checkouts where organization_id = $1 and choice = $2`,
        [choice.organizationId, toKey(choice)],
      )
      return row === undefined ? NO_SESSION : toEntry(row)
    },
    takeLease: async (choice, revision) => {
      const id = crypto.randomUUID()
      const rows = await database.query(
        `insert into polar_billing.checkouts as own (organization_id, choice, opened_by, lease_until)
         values ($1, $2, $3, ${LEASE_END})
         on conflict (organization_id, choice) do update
           set opened_by = excluded.opened_by, lease_until = excluded.lease_until, changed_at = now()
           where own.revision = $4 and (own.lease_until is null or own.lease_until <= clock_timestamp())
         returning revision`,
        [choice.organizationId, toKey(choice), id, revision],
      )
      return rows.length === 0 ? undefined : { choice, id }
    },
    renew: async (lease) => {
      await database.query(
        `update polar_billing.checkouts set lease_until = ${LEASE_END}
         where organization_id = $1 and choice = $2 and opened_by = $3`,
        ofLease(lease),
      )
    },
    succeed: async (lease, { checkoutId, expiresAt }) => {
      const rows = await database.query(
        `update polar_billing.checkouts
         set checkout_id = $4, expires_at = $5::timestamptz, failure = null,
           revision = revision + 1, opened_by = null, lease_until = null, changed_at = now()
         where organization_id = $1 and choice = $2 and opened_by = $3
         returning revision`,
        [...ofLease(lease), checkoutId, expiresAt],
      )
      // Long enough that nobody waits on a row that goes.
      await database.query(
        `delete from polar_billing.checkouts where greatest(expires_at, changed_at) < now() - interval '1 day'`,
      )
      return rows.length > 0
    },
    fail: async (lease, failure) => {
      await database.query(
        `update polar_billing.checkouts
         set failure = $4::jsonb, revision = revision + 1, opened_by = null, lease_until = null, changed_at = now()
         where organization_id = $1 and choice = $2 and opened_by = $3`,
        [...ofLease(lease), failure && JSON.stringify(failure)],
      )
    },
  }
}

function toEntry({ checkout_id: checkoutId, expires_at, revision, failure }: Row): CheckoutEntry {
  // A driver may be set up to give timestamps as text.
  return { checkoutId, expiresAt: expires_at && new Date(expires_at), revision, failure }
}
