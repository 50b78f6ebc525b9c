import type { Revisions } from './revisions.js'

export type OnRevisions = (revisions: Revisions) => void

/** Who in this process wants to hear of which organization. */
export interface Subscribers {
  /** Returns what ends it. */
  add(organizationId: string, onRevisions: OnRevisions): () => void
  tell(organizationId: string, revisions: Revisions): void
  organizations(): string[]
}

export function createSubscribers(): Subscribers {
  const byOrganization = new Map<string, Set<OnRevisions>>()

  return {
    add: (organizationId, onRevisions) => {
      const own = byOrganization.get(organizationId) ?? new Set()
      byOrganization.set(organizationId, own.add(onRevisions))
      return () => {
        own.delete(onRevisions)
        if (own.size === 0 && byOrganization.get(organizationId) === own)
          byOrganization.delete(organizationId)
      }
    },
    tell: (organizationId, revisions) => {
      for (const onRevisions of byOrganization.get(organizationId) ?? []) onRevisions(revisions)
    },
    organizations: () => [...byOrganization.keys()],
  }
}
