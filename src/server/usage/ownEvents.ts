/** The table holds them all; only `flush` asks which ones are of this process. */
const MAX_OWN = 100_000

/** The ids of events that this process has accepted and not seen delivered, at most so many of the last ones. */
export interface OwnEvents {
  add(ids: readonly string[]): void
  remove(ids: readonly string[]): void
  all(): string[]
}

export function createOwnEvents(): OwnEvents {
  // In order of insertion, the oldest first.
  const own = new Set<string>()
  return {
    add: (ids) => {
      for (const id of ids) own.add(id)
      for (const id of own) {
        if (own.size <= MAX_OWN) break
        own.delete(id)
      }
    },
    remove: (ids) => {
      for (const id of ids) own.delete(id)
    },
    all: () => [...own],
  }
}
