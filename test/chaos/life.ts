import { createActions } from './actions.js'
import type { History } from './history.js'
import type { Polar } from './polar.js'
import type { Random } from './random.js'
import { createTally, type Tally } from './tally.js'
import { type Activity, repeat } from './wait.js'

/** What happens to the subscriptions of organizations: at random, and only what is possible at the time. */
export interface Life extends Activity {
  /** What has happened, by name. */
  readonly happened: Tally
  /** What should have been possible. */
  readonly violations: readonly string[]
}

interface LifeOptions {
  polar: Polar
  history: History
  organizations: readonly string[]
  random: Random
  perSecond: number
}

export function startLife({ polar, history, organizations, random, perSecond }: LifeOptions): Life {
  const actionsOf = createActions(polar, random)
  const happened = createTally()
  const violations: string[] = []

  async function step(): Promise<void> {
    const organizationId = random.pick(organizations)
    const { name, run } = random.pick(actionsOf(organizationId))
    try {
      await run()
      happened.add(name)
    } catch (error) {
      // Polar's limit concerns everybody who calls it.
      if (String(error).includes(' 429')) happened.add('refused (429)')
      else violations.push(`${name} of ${organizationId} failed: ${String(error)}`)
    }
    history.lookAt(organizationId)
  }

  return { ...repeat(() => random.between(0, 2_000 / perSecond), step), happened, violations }
}
