import type { Changed } from '../../contract/index.js'
import type { OnRevisions } from './subscribers.js'

/** Carries the news that something changed to all processes that have somebody who wants to hear it. */
export interface Changes {
  publish(organizationIds: readonly string[], changed: Changed): Promise<void>
  /** Calls back with the revisions of now before it resolves, and at every change until the returned function is called. */
  subscribe(organizationId: string, onRevisions: OnRevisions): Promise<() => void>
  close(): Promise<void>
}
