import { isBillingError } from '../../contract/index.js'
import type { PaymentProvider } from '../paymentProvider.js'
import type { AcceptedUsage } from './recentUsage.js'

/** Events that are off our hands. */
export interface Delivered {
  events: readonly AcceptedUsage[]
  /** The ids that the provider will never take, with its reason. */
  rejected: ReadonlyMap<string, string>
  /** Those that it had before they were sent for the first time. */
  old: ReadonlySet<AcceptedUsage>
  /** Those that were sent before and may have arrived then. */
  resent: readonly AcceptedUsage[]
}

interface DeliverOptions {
  provider: Pick<PaymentProvider, 'sendUsage'>
  now: () => Date
  /** Called for each part as it is done: what fails later does not undo it. */
  onDone: (delivered: Delivered) => Promise<void> | void
}

/** Sends a batch. One that is refused as a whole goes again in halves, so that no event holds up the others. */
export async function deliver(batch: readonly AcceptedUsage[], options: DeliverOptions): Promise<void> {
  const { provider, now, onDone } = options
  const firstTries = new Set(batch.filter(({ sentAt }) => sentAt === null))
  for (const accepted of firstTries) accepted.sentAt = now()
  try {
    const { rejected, allKnown } = await provider.sendUsage(batch.map(({ event }) => event))
    const resent = batch.filter((accepted) => !firstTries.has(accepted))
    // What was tried before may be known because that try arrived: it is not old.
    await onDone({ events: batch, rejected, old: allKnown ? firstTries : new Set(), resent })
  } catch (error) {
    if (!isBillingError(error) || error.code !== 'BAD_REQUEST') throw error
    // Nothing of it has arrived.
    for (const accepted of firstTries) accepted.sentAt = null
    await deliverParts(batch, error.message, options)
  }
}

async function deliverParts(
  batch: readonly AcceptedUsage[],
  reason: string,
  options: DeliverOptions,
): Promise<void> {
  if (batch.length === 1) {
    const rejected = new Map(batch.map(({ event }) => [event.id, reason]))
    await options.onDone({ events: batch, rejected, old: new Set(), resent: [] })
    return
  }
  const middle = Math.ceil(batch.length / 2)
  await deliver(batch.slice(0, middle), options)
  await deliver(batch.slice(middle), options)
}
