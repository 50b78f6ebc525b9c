import { isBillingError } from '../../contract/index.js'
import type { Database } from '../database/database.js'
import type { TransactionClient } from '../database/transactionClient.js'
import { createWorker } from '../jobs/createWorker.js'
import { joinTransaction } from '../openDatabase.js'
import type { OutgoingUsage } from '../provider.js'
import { createDelivery } from './createDelivery.js'
import { gatherCalls } from './gatherCalls.js'
import {
  type UsageDrained,
  GATHER_TIME,
  type OutboxOptions,
  refusalAfterClose,
  type UsageOutbox,
} from './outbox.js'
import { createOwnEvents } from './ownEvents.js'
import { untilDue } from './usageClaims.js'
import { countWaiting, findSettled, forgetOld, insertUsage, readBacklog, readRecent } from './usageTable.js'

/** Milliseconds after which a process looks for what others have left: it was restarted, or they were. */
const NET = 15_000
/** Milliseconds in which a transaction of the app's has usually ended. */
const JOINED_TIME = 1_000
const FORGET_EVERY = 600_000
/** As many ids as a batch has events. */
const FLUSH_AT_ONCE = 1_000

/** An outbox in the database. Any number of processes share it: each event is claimed, sent and settled by one of them. */
export function createDatabaseOutbox(database: Database, options: OutboxOptions): UsageOutbox {
  const { now } = options
  const worker = createWorker({ work, net: NET })
  const own = createOwnEvents()
  const delivery = createDelivery(database, {
    ...options,
    // A little later than the events are due.
    pause: (delay) => worker.pause(delay + GATHER_TIME),
    onSettled: own.remove,
  })
  const insert = gatherCalls<OutgoingUsage>((events) => insertUsage(database, events, now()))
  let closed = false
  let forgottenAt = Number.NEGATIVE_INFINITY

  async function accept(events: readonly OutgoingUsage[], client?: TransactionClient): Promise<void> {
    if (closed) throw refusalAfterClose()
    if (client === undefined) await insert(events)
    else await insertUsage(joinTransaction(client), events, now())
    own.add(events.map(({ id }) => id))
    worker.wake(client === undefined ? GATHER_TIME : JOINED_TIME)
  }

  async function work(): Promise<void> {
    while ((await delivery.deliverDue()) > 0) {
      // Closing does not wait for what others may deliver.
      if (closed) return
    }
    await forget()
    // Those that a process has postponed or, dying, left behind.
    const delay = await untilDue(database)
    if (delay !== null && delay < NET) worker.wake(Math.max(delay, 0) + GATHER_TIME)
  }

  async function forget(): Promise<void> {
    if (performance.now() - forgottenAt < FORGET_EVERY) return
    forgottenAt = performance.now()
    await forgetOld(database, now())
  }

  async function flushOwn(): Promise<void> {
    const ids = own.all()
    for (let start = 0; start < ids.length; start += FLUSH_AT_ONCE) {
      const some = ids.slice(start, start + FLUSH_AT_ONCE)
      while ((await delivery.deliverThese(some)) > 0);
      // Others may have delivered some.
      own.remove(await findSettled(database, some))
    }
    // What is left was accepted meanwhile, or belongs to a transaction that has not ended.
    if (own.all().length > 0) worker.wake(JOINED_TIME)
  }

  async function drain(seconds: number): Promise<UsageDrained> {
    const end = performance.now() + seconds * 1_000
    let delivered = 0
    await worker.now(async () => {
      while (performance.now() < end) {
        const settled = await delivery.deliverDue().catch(toNothing)
        if (settled === 0) break
        delivered += settled
      }
      await forget()
    })
    const waiting = await countWaiting(database)
    if (waiting > 0) worker.wake(GATHER_TIME)
    return { delivered, waiting }
  }

  // What the process before this one has left.
  worker.wake(GATHER_TIME)
  return {
    accept,
    recentOf: (organizationId, since) => readRecent(database, organizationId, since, now()),
    flush: () => worker.now(flushOwn),
    drain,
    backlog: () => readBacklog(database),
    close: async () => {
      closed = true
      worker.stop()
      await worker.now(flushOwn).catch(toNothing)
    },
  }
}

/** The provider could not be asked: the events wait on. */
function toNothing(error: unknown): number {
  if (isBillingError(error)) return 0
  throw error
}
