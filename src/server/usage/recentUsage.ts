import type { OutgoingUsage } from '../provider.js'

/** How long a delivered event may be missing from the provider's counts: its own debounce ends after 180 minutes. */
export const REMEMBER_TIME = 3 * 3_600_000
const MAX_REMEMBERED = 100_000

/** An event accepted here. `sentAt`: when it may first have arrived; `deliveredAt`: when the provider acknowledged it. */
export interface AcceptedUsage {
  event: OutgoingUsage
  acceptedAt: Date
  sentAt: Date | null
  deliveredAt: Date | null
}

/** The events of the last hours, of which the provider's counts may not know yet. */
export interface RecentUsage {
  /** `false`: an event with this id is here already. */
  add(accepted: AcceptedUsage): boolean
  remove(event: OutgoingUsage): void
  of(organizationId: string): readonly AcceptedUsage[]
}

export function createRecentUsage(now: () => Date): RecentUsage {
  // In order of acceptance, so that what may be forgotten stands first.
  const all = new Map<string, AcceptedUsage>()
  const byOrganization = new Map<string, Map<string, AcceptedUsage>>()

  function remove({ id, organizationId }: OutgoingUsage): void {
    all.delete(id)
    const own = byOrganization.get(organizationId)
    own?.delete(id)
    if (own?.size === 0) byOrganization.delete(organizationId)
  }

  function forgetOld(): void {
    const oldest = now().getTime() - REMEMBER_TIME
    for (const { event, deliveredAt } of all.values()) {
      if (deliveredAt === null || (deliveredAt.getTime() > oldest && all.size <= MAX_REMEMBERED)) return
      remove(event)
    }
  }

  return {
    add: (accepted) => {
      forgetOld()
      const { id, organizationId } = accepted.event
      if (all.has(id)) return false
      all.set(id, accepted)
      const own = byOrganization.get(organizationId) ?? new Map<string, AcceptedUsage>()
      byOrganization.set(organizationId, own.set(id, accepted))
      return true
    },
    remove,
    of: (organizationId) => [...(byOrganization.get(organizationId)?.values() ?? [])],
  }
}
