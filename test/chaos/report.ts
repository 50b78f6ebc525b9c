import type { Chaos } from './setUp.js'
import type { Settled } from './settle.js'
import { quantile, type Tally } from './tally.js'
import type { UsageVerdict } from './verdict.js'

/** The load's side of the run, as it stood when everything had settled. */
export interface Outcome extends Chaos {
  usage: UsageVerdict
  settled: Settled
  /** How long the load went on. */
  seconds: number
  /** Different webhooks that were acknowledged in that time. */
  webhooks: number
}

/** Prints everything that was counted, one line each. */
export function printReport(outcome: Outcome): void {
  const { load, reads, gate, fleet, faults, life, usage, polar, settled } = outcome
  const failed = polar.emulator.controls.listWebhooks().filter(({ succeeded }) => succeeded === false)
  const { answers } = reads
  const rows: [string, number | string][] = [
    ['usage: wanted', load.wanted.size],
    ['usage: acknowledged', load.acknowledged.size],
    ['usage: delivered', usage.delivered],
    ['usage: delivered, never acknowledged', usage.unacknowledged],
    ['usage: lost', usage.lost],
    ['usage: twice', usage.duplicates],
    ['usage: acknowledged a second', Math.round(load.acknowledged.size / outcome.seconds)],
    ['usage: track, p50 / p99', milliseconds(load.latencies)],
    ['usage: attempts that failed', listOf(load.errors)],
    ['webhooks: attempts of Polar', gate.counts.attempts],
    ['webhooks: acknowledged, different ones', gate.counts.distinct],
    ['webhooks: acknowledged a second, during the chaos', (outcome.webhooks / outcome.seconds).toFixed(1)],
    ['webhooks: p50 / p99', milliseconds(gate.latencies)],
    ['webhooks: acknowledged again', gate.counts.duplicates],
    ['webhooks: acknowledged, answer lost', gate.counts.lostAnswers],
    ['webhooks: not acknowledged', listOf(gate.counts.refused)],
    ['webhooks: given up by Polar', failed.length],
    ['status: answers', answers.all],
    ['status: marked as stale', answers.stale],
    ['status: late within the tolerance', answers.late],
    ['status: errors', listOf(reads.errors)],
    ['status: p50 / p99', milliseconds(reads.latencies)],
    ['processes: killed and restarted', fleet.restarts.length],
    ['processes: back after, p50 / longest', milliseconds(fleet.restarts, 1)],
    ['processes: what they reported', listOf(fleet.events)],
    ['Polar: what happened', listOf(life.happened)],
    ['Polar: weather', listOf(faults.weather)],
    ['Polar: requests struck by a fault', faults.struck()],
    ['Polar: calls', polar.calls.entries().reduce((sum, [, count]) => sum + count, 0)],
    ...polar.calls.entries().map(([kind, count]): [string, number] => [`  ${kind}`, count]),
    ['  in the busiest of its minutes', polar.busiestMinute()],
    ['  refused because of its limit', refusedByLimit(outcome)],
    ['afterwards: all usage delivered after', seconds(settled.usageAfter)],
    ['afterwards: all webhooks acknowledged after', seconds(settled.webhooksAfter)],
    ['afterwards: all statuses right after', seconds(settled.statusesAfter)],
  ]
  for (const [name, value] of rows)
    console.log(`${name.padEnd(42)} ${typeof value === 'number' ? value.toLocaleString('en') : value}`)
}

/** How many calls of the servers were answered with 429 although no fault had asked for that. */
export function refusedByLimit({ polar, faults }: Chaos): number {
  return polar.refused() - faults.throttled()
}

/** The first of a long list are enough to begin with. */
const SHOWN = 40

export function printViolations(violations: readonly string[]): void {
  if (violations.length === 0) {
    console.log('\nNo violation.')
    return
  }
  console.log(`\n${violations.length} violations:`)
  for (const violation of violations.slice(0, SHOWN)) console.log(`- ${violation}`)
}

function milliseconds(values: readonly number[], upper = 0.99): string {
  return `${Math.round(quantile(values, 0.5))} / ${Math.round(quantile(values, upper))} ms`
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`
}

function listOf(tally: Tally): string {
  const entries = tally.entries().map(([name, count]) => `${name} ${count}`)
  return entries.length === 0 ? 'none' : entries.join(', ')
}
