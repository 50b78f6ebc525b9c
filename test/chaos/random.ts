/** Chance that can be had again: the same seed gives the same numbers. */
export interface Random {
  /** At least `min`, less than `max`. */
  between(min: number, max: number): number
  integer(min: number, max: number): number
  happens(probability: number): boolean
  pick<T>(choices: readonly T[]): T
  /** Numbers of its own, so that one user does not change what another one gets. */
  fork(): Random
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0

  // Mulberry32: 32 bits of state are enough to decide when to kill a process.
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  const between: Random['between'] = (min, max) => min + next() * (max - min)
  return {
    between,
    integer: (min, max) => Math.floor(between(min, max)),
    happens: (probability) => next() < probability,
    pick: (choices) => {
      const choice = choices[Math.floor(next() * choices.length)]
      if (choice === undefined) throw new Error('There is nothing to pick from.')
      return choice
    },
    fork: () => createRandom(Math.floor(next() * 2 ** 32)),
  }
}
