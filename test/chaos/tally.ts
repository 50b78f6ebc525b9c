/** How often what happened. */
export interface Tally {
  add(name: string): void
  of(name: string): number
  /** The most frequent first. */
  entries(): [name: string, count: number][]
}

export function createTally(): Tally {
  const counts = new Map<string, number>()
  return {
    add: (name) => void counts.set(name, (counts.get(name) ?? 0) + 1),
    of: (name) => counts.get(name) ?? 0,
    entries: () => Array.from(counts).toSorted(([, a], [, b]) => b - a),
  }
}

/** The value below which so much of the sorted list lies: 0.99 of it, say. 0 for an empty list. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}
