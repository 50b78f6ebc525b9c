/**
 * What to read again: `usage`, what the organization has used and what that costs; `status`, everything that is known of it, for a
 * plan decides on limits and amounts too.
 */
export type Changed = 'status' | 'usage'

/** One message of a subscription to an organization's changes. It says that something changed, never what it is now. */
export interface BillingChange {
  /** Absent: the subscription stands, and from here on changes are heard. */
  changed?: Changed | undefined
  /** Where it stands: the next subscription goes on from here, as `lastEventId`. */
  id?: string | undefined
}
