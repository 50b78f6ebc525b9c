import { BillingError, isBillingError } from '../../contract/index.js'
import type { Database } from '../database/database.js'
import { explainFailures } from '../database/explainFailures.js'
import { pollFor, whileRenewing } from '../database/lease.js'
import type { OpenedCheckout } from '../provider.js'
import {
  type CheckoutChoice,
  type CheckoutEntry,
  type CheckoutFailure,
  type CheckoutLease,
  createCheckoutTable,
  toKey,
} from './checkoutTable.js'
import { createMemoryCheckoutTable } from './createMemoryCheckoutTable.js'

/** Milliseconds: twice the lease of a process that has died. */
const MAX_WAIT = 10_000

type OpenNew = () => Promise<OpenedCheckout>

/** A session that somebody has just opened; without its URL if it was another process. */
type Opened = Pick<OpenedCheckout, 'checkoutId'> & Partial<Pick<OpenedCheckout, 'checkoutUrl'>>

/** The checkout sessions of each organization, so that everybody who wants the same gets the same. */
export interface SharedCheckouts {
  /** The last sessions of the organization, whatever they sell. */
  list(organizationId: string): Promise<CheckoutEntry[]>
  find(choice: CheckoutChoice): Promise<CheckoutEntry>
  /**
   * Opens a session instead of the one that was seen, or waits for whoever does. A failure that is nobody's own fault reaches all
   * who wait; after one of another buyer each tries for himself.
   */
  open(choice: CheckoutChoice, seen: CheckoutEntry, openNew: OpenNew): Promise<Opened>
}

/** Callers in one process share one attempt; among processes the one that has the lease opens. */
export function createSharedCheckouts(database: Database | undefined): SharedCheckouts {
  const table =
    database === undefined ? createMemoryCheckoutTable() : createCheckoutTable(explainFailures(database))
  const running = new Map<string, Promise<Opened>>()

  async function openOrWait(choice: CheckoutChoice, seen: CheckoutEntry, openNew: OpenNew): Promise<Opened> {
    let { revision } = seen
    const opened = await pollFor(MAX_WAIT, async () => {
      const lease = await table.takeLease(choice, revision)
      if (lease !== undefined) return openInto(lease, openNew)
      const { checkoutId, failure, revision: latest } = await table.find(choice)
      if (latest === revision) return undefined
      if (failure !== null) throw toError(failure)
      if (checkoutId !== null && checkoutId !== seen.checkoutId) return { checkoutId }
      revision = latest
      return undefined
    })
    return opened ?? Promise.reject(tooSlow())
  }

  /** `undefined`: the lease was lost meanwhile, so that nobody must get to know this session. */
  async function openInto(lease: CheckoutLease, openNew: OpenNew): Promise<Opened | undefined> {
    return whileRenewing(
      () => table.renew(lease),
      async () => {
        const [result] = await Promise.allSettled([openNew()])
        if (result.status === 'fulfilled')
          return (await table.succeed(lease, result.value)) ? result.value : undefined
        await table.fail(lease, toFailure(result.reason))
        throw result.reason
      },
    )
  }

  async function open(choice: CheckoutChoice, seen: CheckoutEntry, openNew: OpenNew): Promise<Opened> {
    const key = JSON.stringify([choice.organizationId, toKey(choice)])
    const joined = running.get(key)
    if (joined !== undefined) {
      const [result] = await Promise.allSettled([joined])
      if (result.status === 'fulfilled') return result.value
      if (toFailure(result.reason) !== null) throw result.reason
      return open(choice, seen, openNew)
    }
    const own = openOrWait(choice, seen, openNew).finally(() => {
      running.delete(key)
    })
    running.set(key, own)
    return own
  }

  return { list: table.list, find: table.find, open }
}

/** `null` for a failure that is the buyer's own: somebody else may fare better. */
function toFailure(error: unknown): CheckoutFailure | null {
  if (!isBillingError(error)) return { code: 'INTERNAL_SERVER_ERROR' }
  const { code, status, retryAfter } = error
  return status >= 500 ? { code, retryAfter } : null
}

function toError({ code, retryAfter }: CheckoutFailure): BillingError {
  return new BillingError(code, 'Another process could not open the checkout.', { retryAfter })
}

function tooSlow(): BillingError {
  return new BillingError('SERVICE_UNAVAILABLE', 'Another process takes too long to open the checkout.', {
    retryAfter: 1,
  })
}
