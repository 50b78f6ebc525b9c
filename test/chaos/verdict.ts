import type { PolarEmulator } from 'polar-billing-kit/emulator'
import type { History } from './history.js'
import type { Load } from './load.js'
import { statusFaults } from './statusReads.js'

/** What the emulator holds, against what was acknowledged. */
export interface UsageVerdict {
  delivered: number
  duplicates: number
  /** Acknowledged, and not there. */
  lost: number
  /** There, but never acknowledged: its caller was told nothing. */
  unacknowledged: number
  violations: string[]
}

export function judgeUsage({ controls }: PolarEmulator, { wanted, acknowledged }: Load): UsageVerdict {
  const held = new Map<string, number>()
  const violations: string[] = []
  const sums = new Map<string, number>()
  for (const { metadata, external_customer_id } of controls.listEvents({ name: 'request' }).events) {
    const key = JSON.stringify(metadata['key']).slice(1, -1)
    held.set(key, (held.get(key) ?? 0) + 1)
    const event = wanted.get(key)
    if (event?.organizationId !== external_customer_id || event.units !== metadata['units'])
      violations.push(`${key} is not what somebody wanted to record: ${JSON.stringify(metadata)}`)
    add(sums, event?.organizationId ?? '', Number(metadata['units']))
  }
  const lost = [...acknowledged].filter((key) => !held.has(key))
  const duplicates = [...held].filter(([, count]) => count > 1).map(([key]) => key)
  violations.push(
    ...lost.map((key) => `${key} was acknowledged and is lost`),
    ...duplicates.map((key) => `${key} is there ${held.get(key)} times`),
    ...wrongSums(sums, wantedSums([...wanted.values()].filter(({ key }) => held.has(key)))),
  )
  return {
    delivered: held.size,
    duplicates: duplicates.length,
    lost: lost.length,
    unacknowledged: [...held.keys()].filter((key) => !acknowledged.has(key)).length,
    violations,
  }
}

function wantedSums(events: readonly { organizationId: string; units: number }[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { organizationId, units } of events) add(sums, organizationId, units)
  return sums
}

function wrongSums(held: ReadonlyMap<string, number>, wanted: ReadonlyMap<string, number>): string[] {
  return [...wanted]
    .filter(([id, sum]) => held.get(id) !== sum)
    .map(([id, sum]) => `${id} used ${sum} units, and Polar counts ${held.get(id) ?? 0}`)
}

function add(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount)
}

/** Every organization at every process: what each says that is not so. */
export async function judgeStatuses(
  urls: readonly string[],
  organizations: readonly string[],
  history: History,
): Promise<string[]> {
  history.look()
  const violations: string[] = []
  for (const id of organizations) {
    const answers = await Promise.all(urls.map((url) => statusFaults(url, id, history.now(id))))
    for (const [index, faults] of answers.entries())
      if (faults.length > 0) violations.push(`process ${index} says of ${id}: ${faults.join(', ')}`)
  }
  return violations
}
