import { BillingError, isBillingError } from '../contract/index.js'
import { NoRoomError } from './limits/noRoomError.js'
import type { Priority } from './paymentProvider.js'

/** A value with the time from which to which it was read. `stale`: it could not be read again. */
export interface Reading<Value> {
  value: Value
  readAt: Date
  answeredAt: Date
  stale: boolean
  /** Why it is stale, if the read that failed said why. */
  reason?: unknown
}

/**
 * For decisions that must not rest on what was true a while ago.
 *
 * @throws BillingError `SERVICE_UNAVAILABLE` if the value could not be read again
 */
export function assertFresh({ stale, reason }: Reading<unknown>): void {
  if (!stale) return
  if (reason instanceof NoRoomError) throw reason
  throw new BillingError('SERVICE_UNAVAILABLE', 'The payment provider cannot be asked now.', {
    cause: reason,
    retryAfter: DEFAULT_BAR,
  })
}

/** Seconds for which a read that failed is not tried again, where the provider named none. */
const DEFAULT_BAR = 5

/** Seconds for which a read that failed like this is not tried again. */
export function barAfter(error: unknown): number {
  return (isBillingError(error) ? error.retryAfter : undefined) ?? DEFAULT_BAR
}

export interface FreshCache<Value> {
  /**
   * The value, read again if it is older than `maxAge` (ms) or has been expired since. Concurrent callers share one read. A read that
   * there was no room for bars no later one, and none of another priority.
   */
  get(key: string, maxAge?: number, priority?: Priority): Promise<Reading<Value>>
  /** From now on only a read that starts later counts. */
  expire(key: string): Promise<void>
  /** Whether the key has a value, however old. */
  has(key: string): Promise<boolean>
}

interface Entry<Value> {
  known: { value: Value; readAt: number; answeredAt: number; epoch: number } | undefined
  /** Gives the error of a read that there was no room for. */
  running: { promise: Promise<NoRoomError | undefined>; epoch: number; priority: Priority } | undefined
  failure: { error: unknown; until: number } | undefined
  /** Counts the calls of `expire`; a read belongs to the epoch in which it started. */
  epoch: number
}

/** What readers were given before a refresh, and are given after it. */
export interface RefreshOutcome<Value> {
  /** `undefined`: nothing was known. */
  before: Value | undefined
  /** The same as before where the read failed. */
  after: Value | undefined
  /** It was known that something had changed. */
  wasExpired: boolean
  wasStale: boolean
  isStale: boolean
}

/** Hears of every refresh of its process. Its failures are its own to handle. */
export type OnRefreshed<Value> = (key: string, outcome: RefreshOutcome<Value>) => Promise<void>

export interface FreshCacheOptions<Value> {
  read: (key: string, priority: Priority) => Promise<Value>
  onRefreshed?: OnRefreshed<Value> | undefined
  now: () => Date
  /** Milliseconds. */
  maxAge: number
  /** @default 10_000 */
  maxEntries?: number
}

/**
 * Remembers what was read from the provider. When a read fails, the last known value is served as `stale`, and that read is not
 * tried again for as long as the provider asked; only where nothing is known does the failure reach the caller.
 */
export function createFreshCache<Value>(options: FreshCacheOptions<Value>): FreshCache<Value> {
  const { read, maxAge: defaultMaxAge, maxEntries = 10_000 } = options
  const now = (): number => options.now().getTime()
  const entries = new Map<string, Entry<Value>>()

  // A map keeps the order of insertion: putting a used entry back at the end makes the first one the least recently used.
  function touch(key: string): Entry<Value> {
    const entry = entries.get(key) ?? { known: undefined, running: undefined, failure: undefined, epoch: 0 }
    entries.delete(key)
    entries.set(key, entry)
    if (entries.size > maxEntries) entries.delete(entries.keys().next().value as string)
    return entry
  }

  async function refresh(
    key: string,
    entry: Entry<Value>,
    priority: Priority,
  ): Promise<NoRoomError | undefined> {
    const { epoch, known, failure } = entry
    const readAt = now()
    try {
      const value = await read(key, priority)
      entry.known = { value, readAt, answeredAt: now(), epoch }
      entry.failure = undefined
    } catch (error) {
      if (error instanceof NoRoomError) return error
      entry.failure = { error, until: now() + barAfter(error) * 1000 }
    } finally {
      entry.running = undefined
    }
    await options.onRefreshed?.(key, {
      before: known?.value,
      after: entry.known?.value,
      wasExpired: known !== undefined && known.epoch !== epoch,
      wasStale: failure !== undefined,
      isStale: entry.failure !== undefined,
    })
    return undefined
  }

  function isFresh({ known, epoch }: Entry<Value>, maxAge: number): boolean {
    if (known === undefined || known.epoch !== epoch) return false
    const age = now() - known.readAt
    // A clock that was set back makes the age negative: such a reading proves nothing.
    return age >= 0 && age <= maxAge
  }

  function isBarred({ failure }: Entry<Value>): boolean {
    return failure !== undefined && now() < failure.until
  }

  async function get(
    key: string,
    maxAge = defaultMaxAge,
    priority: Priority = 'read',
  ): Promise<Reading<Value>> {
    const entry = touch(key)
    let noRoom: NoRoomError | undefined
    while (!isFresh(entry, maxAge) && !isBarred(entry)) {
      const joined = entry.running
      entry.running ??= { promise: refresh(key, entry, priority), epoch: entry.epoch, priority }
      const { promise, epoch, priority: asked } = entry.running
      const refusal = await promise
      // There may be room for a try of its own.
      if (refusal !== undefined && asked !== priority) continue
      noRoom = refusal
      // Whoever started the read, or joined one of the current epoch, takes what it brought, good or bad.
      if (joined === undefined || epoch === entry.epoch) break
    }
    if (entry.known === undefined) throw noRoom ?? entry.failure?.error
    return {
      value: entry.known.value,
      readAt: new Date(entry.known.readAt),
      answeredAt: new Date(entry.known.answeredAt),
      stale: entry.failure !== undefined || noRoom !== undefined,
      reason: noRoom ?? entry.failure?.error,
    }
  }

  return {
    get,
    expire: async (key) => {
      const entry = entries.get(key)
      if (entry !== undefined) entry.epoch += 1
    },
    has: async (key) => entries.get(key)?.known !== undefined,
  }
}
