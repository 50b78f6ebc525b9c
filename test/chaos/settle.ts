import type { Chaos } from './setUp.js'
import { judgeStatuses, judgeUsage } from './verdict.js'
import { comesTrue } from './wait.js'

/** How long it took, in seconds since the end of the faults, until everything had arrived that ever will. */
export interface Settled {
  usageAfter: number
  webhooksAfter: number
  statusesAfter: number
  /** What is still wrong when patience is at its end. */
  violations: string[]
}

/** Ends load and faults, and waits for what was accepted. */
export async function settle(chaos: Chaos, patience: number): Promise<Settled> {
  const { polar, gate, load, reads, life, faults, fleet, history, organizations } = chaos
  await Promise.all([life.stop(), faults.stop(), reads.stop()])
  gate.calm()
  const began = performance.now()
  const passed = (): number => (performance.now() - began) / 1_000
  const violations: string[] = []
  let wrong: string[] = []

  async function whenUsageArrived(): Promise<number> {
    await load.stop()
    await comesTrue(() => judgeUsage(polar.emulator, load).lost === 0, patience)
    return passed()
  }

  async function whenWebhooksArrived(): Promise<number> {
    const isQuiet = (): boolean =>
      polar.emulator.controls.listWebhooks().every(({ succeeded, skipped }) => skipped || succeeded !== null)
    if (!(await comesTrue(isQuiet, patience))) violations.push('Polar still has webhooks to deliver')
    return passed()
  }

  async function whenStatusesAreRight(): Promise<number> {
    await comesTrue(async () => {
      wrong = await judgeStatuses(fleet.urls, organizations, history)
      return wrong.length === 0
    }, patience)
    return passed()
  }

  const [usageAfter, webhooksAfter, statusesAfter] = await Promise.all([
    whenUsageArrived(),
    whenWebhooksArrived(),
    whenStatusesAreRight(),
  ])
  // A webhook that came after the last look may have changed something.
  wrong = wrong.length === 0 ? await judgeStatuses(fleet.urls, organizations, history) : wrong
  return { usageAfter, webhooksAfter, statusesAfter, violations: [...violations, ...wrong] }
}
