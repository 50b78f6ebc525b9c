import { parseArgs } from 'node:util'

/** What a run is told by its flags. */
export interface ChaosOptions {
  /** Decides what happens when; the machine's own timing still differs from run to run. */
  seed: number
  /** How long load and faults last. */
  seconds: number
  /** Usage events a second. */
  rate: number
  /** Status reads a second. */
  reads: number
  /** Purchases, renewals, cancellations and so on a second. */
  life: number
  organizations: number
  processes: number
  /** Seconds after which an answer must know what happened, unless it says that it is stale. */
  tolerance: number
  /** Calls a minute that Polar allows, 0 for any number. */
  limit: number
  /** Seconds that everything may take to settle in the end. */
  patience: number
  /** Whether Postgres waits for the disk. */
  fsync: boolean
}

const DEFAULTS = {
  seconds: 60,
  rate: 200,
  reads: 20,
  life: 2,
  organizations: 50,
  processes: 3,
  tolerance: 45,
  limit: 500,
  patience: 240,
}

/** @throws TypeError for a flag that does not exist or a number that is none */
export function readOptions(args: readonly string[]): ChaosOptions {
  const numbersByName = ['seed', ...Object.keys(DEFAULTS)].map((name) => [name, { type: 'string' }] as const)
  const { values } = parseArgs({
    args: [...args],
    options: { ...Object.fromEntries(numbersByName), 'no-fsync': { type: 'boolean' } },
  })
  const numberOf = (name: string, fallback: number): number => {
    const number = Number(new Map(Object.entries(values)).get(name) ?? fallback)
    if (!(number >= 0)) throw new TypeError(`--${name} must be a number of 0 or more.`)
    return number
  }
  const numbers = Object.fromEntries(
    Object.entries(DEFAULTS).map(([name, fallback]) => [name, numberOf(name, fallback)]),
  ) as typeof DEFAULTS
  return {
    ...numbers,
    seed: numberOf('seed', Math.floor(Math.random() * 1_000_000)),
    fsync: values['no-fsync'] !== true,
  }
}
