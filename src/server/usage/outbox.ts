import { BillingError } from '../../contract/index.js'
import type { TransactionClient } from '../database/transactionClient.js'
import type { OnEvent } from '../events.js'
import type { PaymentProvider } from '../paymentProvider.js'
import type { OutgoingUsage } from '../provider.js'
import type { AcceptedUsage } from './recentUsage.js'

/** Where usage waits until the provider has it. */
export interface UsageOutbox {
  /**
   * Takes events, all or none; one that is already here counts once.
   *
   * @throws BillingError `SERVICE_UNAVAILABLE` where they could not be delivered; the database's own error where they were not stored
   */
  accept(events: readonly OutgoingUsage[], client?: TransactionClient): Promise<void>
  /** The organization's events that the provider's counts may not hold yet. Those delivered before `since` may be left out. */
  recentOf(organizationId: string, since: Date): Promise<readonly AcceptedUsage[]>
  /** Resolves when everything accepted here so far is delivered; rejects if the provider cannot be asked now. */
  flush(): Promise<void>
  /** Delivers what waits, whoever accepted it, until nothing is due or the seconds are over. */
  drain(seconds: number): Promise<UsageDrained>
  /** How much waits, at the cost of a few index look-ups. */
  backlog(): Promise<UsageBacklog>
  /** Takes no more, and delivers what waits. */
  close(): Promise<void>
}

export interface UsageDrained {
  /** Events that have reached the provider now. */
  delivered: number
  /** Events that have not reached it yet. */
  waiting: number
}

export interface UsageBacklog {
  /** Events that have not reached the provider. At most 10,000, which then means "or more". */
  waiting: number
  /** When the oldest of them was accepted, ISO 8601. What an alert should look at: it grows however few events there are. */
  oldestUndeliveredAt: string | null
  /** Events that the provider refused for ever, kept for 7 days. Without a database: since the start. At most 10,000. */
  deadLettered: number
}

export interface OutboxOptions {
  provider: Pick<PaymentProvider, 'sendUsage'>
  now: () => Date
  onEvent: OnEvent
  onDelivered: (organizationId: string) => void
  /** What may have arrived before has arrived now: whether the provider's counts hold it, only a new reading can tell. */
  onResent: (organizationId: string) => void
  /** An event that was accepted will add nothing: it was rejected, or the provider had it before. */
  onRetracted: (organizationId: string) => void
}

/** Milliseconds in which events gather into one call. */
export const GATHER_TIME = 20

export function refusal(reason: string, retryAfter?: number): BillingError {
  return new BillingError('SERVICE_UNAVAILABLE', `usage.track: the event is not taken, ${reason}.`, {
    retryAfter,
  })
}

export const refusalAfterClose = (): BillingError =>
  refusal('it comes after close(), and would never be sent')
