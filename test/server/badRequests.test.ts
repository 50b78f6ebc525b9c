import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'

/** Bytes that the heap may grow by from the first fifth to the end: far less than a small object for each request. */
const MAX_GROWTH = 4_000_000

interface Report {
  fault: string | null
  growth: number
  statuses: Record<string, number>
  rows: number
  polarCalls: number
}

/** Sends bad requests in a process of their own. What it does not catch ends it, and fails the test with what it printed. */
async function send(count: number, overSocket: number, seed: number): Promise<Report> {
  const script = ['--expose-gc', '--import', 'tsx', 'test/server/sendBadRequests.ts']
  const child = spawn(process.execPath, [...script, ...[count, overSocket, seed].map(String)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = new Promise((resolve) => child.once('close', resolve))
  const [printed, complaints] = await Promise.all([text(child.stdout), text(child.stderr)])
  expect(await closed, complaints).toBe(0)
  return JSON.parse(printed) as Report
}

describe('100,000 bad requests', () => {
  it.concurrent.each([20_260_110, 20_260_210])(
    'seed %i: no 5xx, no crash, no memory growth, no row written, and Polar is not called',
    async (seed) => {
      const { fault, growth, statuses, rows, polarCalls } = await send(49_500, 500, seed)
      expect(fault, `seed ${seed}`).toBeNull()
      expect(Object.values(statuses).reduce((sum, count) => sum + count)).toBe(50_000)
      // Nothing is refused for one reason alone.
      for (const status of ['400', '401', '403', '404', '405', '413', '415'])
        expect(statuses[status], status).toBeGreaterThan(50)
      expect({ rows, polarCalls }).toEqual({ rows: 0, polarCalls: 0 })
      expect(growth).toBeLessThan(MAX_GROWTH)
    },
    300_000,
  )
})
