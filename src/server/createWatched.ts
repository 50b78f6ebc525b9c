/** Milliseconds. */
const WATCH_TIME = 3_600_000
/** More people than that are not on the provider's pages at once. */
const MAX_WATCHED = 10_000

/** The organizations of which somebody may be on the provider's pages, where every click changes what was read. */
export interface Watched {
  /** From now on for an hour. */
  add(organizationId: string): void
  has(organizationId: string): boolean
}

export function createWatched(now: () => Date): Watched {
  const until = new Map<string, number>()

  return {
    add: (organizationId) => {
      // To the end: the first one is the one that ends first.
      until.delete(organizationId)
      until.set(organizationId, now().getTime() + WATCH_TIME)
      if (until.size > MAX_WATCHED) until.delete(until.keys().next().value as string)
    },
    has: (organizationId) => {
      const end = until.get(organizationId)
      if (end === undefined) return false
      if (now().getTime() < end) return true
      until.delete(organizationId)
      return false
    },
  }
}
