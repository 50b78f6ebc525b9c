import { BillingError, isBillingError } from '../../contract/index.js'
import type { TransactionClient } from '../database/transactionClient.js'
import type { OutgoingUsage } from '../provider.js'
import type { OnEvent } from '../events.js'
import { createMetered, type Metered } from './createMetered.js'
import type { UsageOutbox } from './outbox.js'
import { toOutgoingUsage, type UsageEvent } from './usageEvent.js'

export interface TrackOptions {
  /**
   * The app's own open transaction (a client of `pg`, a transaction of PGlite; needs `database`): the event is recorded if and when
   * it commits. Inside a transaction of PGlite it is a must: PGlite has one connection, and without it `track` waits for ever.
   */
  client?: TransactionClient | undefined
}

export interface BillingUsage {
  /**
   * Records one event. Returns when it is accepted (with `database`: stored) and never waits for Polar; the meters show it as pending
   * at once.
   *
   * @throws BillingError `BAD_REQUEST` for an event that Polar would refuse, `SERVICE_UNAVAILABLE` for one that could not be sent:
   * after `close()` or, without a database, with 100,000 waiting
   */
  track(event: UsageEvent, options?: TrackOptions): Promise<void>
  /** Records several events, all or none. A `BAD_REQUEST` names the one to blame by its place: `events[3]`. */
  trackMany(events: readonly UsageEvent[], options?: TrackOptions): Promise<void>
  /**
   * Wraps a function, so that what a call used is recorded when it has succeeded. The result comes when the event is accepted, and
   * comes even if it cannot be: then `onEvent` gets `usage_lost` with the event. A call that fails records nothing.
   *
   * @example
   * const speak = billing.usage.metered(generate, (audio, { organizationId, text }) => ({
   *   organizationId, name: 'tts_generation', metadata: { characters: text.length }, idempotencyKey: audio.id,
   * }))
   */
  metered: Metered
  /**
   * Resolves when everything accepted here so far (with `database`: and committed; the last 100,000 events) has reached Polar. For
   * scripts and serverless functions, before they end.
   */
  flush(): Promise<void>
}

export function createUsage(outbox: UsageOutbox, now: () => Date, onEvent: OnEvent): BillingUsage {
  const track: BillingUsage['track'] = async (event, { client } = {}) =>
    outbox.accept([await toOutgoingUsage(event, now())], client)
  return {
    track,
    metered: createMetered({ track, onEvent }),
    trackMany: async (events, { client } = {}) => {
      const date = now()
      const outgoing = await Promise.all(events.map((event, index) => toOneOfMany(event, index, date)))
      if (outgoing.length > 0) await outbox.accept(outgoing, client)
    },
    flush: outbox.flush,
  }
}

async function toOneOfMany(event: UsageEvent, index: number, now: Date): Promise<OutgoingUsage> {
  try {
    return await toOutgoingUsage(event, now)
  } catch (error) {
    if (!isBillingError(error)) throw error
    throw new BillingError(error.code, `events[${index}]: ${error.message}`, { cause: error })
  }
}
