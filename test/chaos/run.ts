import { setTimeout as sleep } from 'node:timers/promises'
import { readOptions } from './options.js'
import { createRandom } from './random.js'
import { type Outcome, printReport, printViolations, refusedByLimit } from './report.js'
import { settle } from './settle.js'
import { type Chaos, letLoose, setUpStage, type Stage } from './setUp.js'
import { judgeUsage } from './verdict.js'
import { repeat } from './wait.js'

// Several server processes on one Postgres, under load, while they are killed, Polar fails and webhooks come late, twice and in any
// order: in the end nothing may be lost, and at no time may anybody who pays be told otherwise. npm run test:chaos -- --seed 7

const options = readOptions(process.argv.slice(2))
const random = createRandom(options.seed)
console.log(`seed ${options.seed}, ${process.version}, fsync ${options.fsync ? 'on' : 'off'}`)

/** Kills one process after the other, and the next one only when it is back. */
async function rage({ fleet }: Stage): Promise<void> {
  const victims = random.fork()
  const killing = repeat(
    () => victims.between(500, 3_000),
    () => fleet.restart(victims.integer(0, fleet.urls.length)),
  )
  await sleep(options.seconds * 1_000)
  await killing.stop()
}

async function main(): Promise<number> {
  const stage = await setUpStage(options, random)
  const chaos = letLoose(stage, options, random)
  // What the clock brings about is seen by looking.
  const looking = repeat(() => 500, stage.history.look)
  const began = performance.now()
  await rage(stage)
  const seconds = (performance.now() - began) / 1_000
  const webhooks = stage.gate.counts.distinct
  const settled = await settle(chaos, options.patience)
  await looking.stop()
  const outcome: Outcome = {
    ...chaos,
    seconds,
    webhooks,
    settled,
    usage: judgeUsage(stage.polar.emulator, chaos.load),
  }
  printReport(outcome)
  const violations = [
    ...outcome.usage.violations,
    ...[...chaos.load.refused].map(([key, reason]) => `${key} was refused: ${reason}`),
    ...chaos.reads.violations,
    ...chaos.life.violations,
    ...settled.violations,
    ...budgetFaults(chaos),
    ...stage.fleet.deaths.map((death) => `a process ended by itself: ${death}`),
  ]
  printViolations(violations)
  await stage.close()
  return violations.length > 0 ? 1 : 0
}

/** All processes together know how many calls they may make. */
function budgetFaults(chaos: Chaos): string[] {
  const refused = refusedByLimit(chaos)
  return refused > 0 ? [`Polar refused ${refused} calls of the servers because they were too many`] : []
}

process.exit(await main())
