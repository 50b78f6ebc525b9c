import type { Catalog } from './catalog.js'
import { completeStatus } from './completeStatus.js'
import { completeSubscription } from './completeSubscription.js'
import { completeUsage } from './completeUsage.js'
import type { Operations } from './operations.js'
import type { BillingStatus } from './status.js'
import type { CompleteSubscription } from './subscription.js'
import type { CompleteUsage } from './usage.js'

/** What hooks hand out: every field there, `null` where nobody said (a meter's are absent). */
export interface Answers {
  getStatus: BillingStatus
  getSubscription: CompleteSubscription
  getUsage: CompleteUsage
}

/** The operations whose answers may be partial. */
export type Completable = keyof Answers

type Completers = {
  [Name in Completable]: (
    answer: Operations[Name]['answer'],
    catalog: Catalog | undefined,
    input: Operations[Name]['input'],
  ) => Answers[Name] | null
}

const COMPLETERS: Completers = {
  getStatus: completeStatus,
  getSubscription: completeSubscription,
  getUsage: completeUsage,
}

/**
 * Fills in what follows from the part a backend answered, from the catalog and from what was asked; what does not follow stays
 * `null`.
 *
 * @returns `null` for a status that does not even say whether anything is active: unknown is never "none"
 */
export function complete<Name extends Completable>(
  operation: Name,
  answer: Operations[Name]['answer'],
  catalog?: Catalog,
  input: Operations[Name]['input'] = {},
): Answers[Name] | null {
  return COMPLETERS[operation](answer, catalog, input)
}
