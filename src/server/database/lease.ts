import { sleep } from '../sleep.js'

/**
 * A lease is the right to do something alone, for as long as it is renewed. It holds no connection and no transaction while a
 * provider thinks. It ends on the database's clock: it measures how long real calls take, and the processes' own clocks differ. The
 * time is what a process that died keeps the others waiting.
 */
export const LEASE_END = `clock_timestamp() + interval '5 seconds'`

/** Milliseconds: often enough that one slow statement does not cost the lease. */
const RENEWAL_TIME = 1_500
const FIRST_DELAY = 20
const MAX_DELAY = 250

/** Does the work that a lease is for, and keeps the lease meanwhile. */
export async function whileRenewing<T>(renew: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  const renewal = setInterval(() => void renew().catch(() => undefined), RENEWAL_TIME)
  try {
    return await work()
  } finally {
    clearInterval(renewal)
  }
}

/**
 * For whoever waits for the end of somebody else's lease: tries at once and then again and again, with longer and longer pauses,
 * until there is an answer or so many milliseconds have passed (`undefined`).
 */
export async function pollFor<T>(
  maxWait: number,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  let delay = FIRST_DELAY
  for (let waited = 0; ; waited += delay) {
    const answer = await look()
    if (answer !== undefined || waited >= maxWait) return answer
    delay = Math.min(delay * 1.5, MAX_DELAY)
    await sleep(delay)
  }
}
