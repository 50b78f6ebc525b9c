import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { createPolarEmulator, type PolarEmulator } from 'polar-billing-kit/emulator'
import { polarCatalog, type ProductIds } from './shop.js'
import { createTally, type Tally } from './tally.js'

/** The emulator as Polar, on a port of its own. */
export interface Polar {
  readonly emulator: PolarEmulator
  readonly url: string
  readonly products: ProductIds
  /** What the servers asked for, by kind: `GET /v1/customers/external/:id/state`. */
  readonly calls: Tally
  /** How often they asked in the busiest of Polar's minutes. */
  busiestMinute(): number
  /** Their calls that were answered with 429, by a fault or because of the limit. */
  refused(): number
  close(): Promise<void>
}

export async function startPolar(limit: number): Promise<Polar> {
  const emulator = createPolarEmulator({
    catalog: polarCatalog,
    rateLimit: limit === 0 ? null : limit,
    // As Polar does: usage changes the state of a customer long after it came.
    meterDelay: 15_000,
  })
  // Webhooks come again soon, and nobody waits for a process that has been killed.
  emulator.controls.setWebhookSettings({ retryTimeScale: 0.25, timeoutMs: 3_000 })
  const calls = createTally()
  const minutes = countMinutes()
  let refused = 0
  silenceCutConnections()
  const server = await listen(async (request) => {
    calls.add(kindOf(request))
    minutes.add()
    const response = await emulator.fetch(request)
    if (response.status === 429) refused += 1
    return response
  })
  return {
    emulator,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    products: emulator.controls.catalog().products,
    calls,
    busiestMinute: minutes.busiest,
    refused: () => refused,
    close: async () => {
      emulator.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A minute begins with its first call, as Polar counts. */
function countMinutes(): { add(): void; busiest(): number } {
  const minutes: { since: number; count: number }[] = []
  return {
    add: () => {
      const now = Date.now()
      const last = minutes.at(-1)
      if (last === undefined || now - last.since >= 60_000) minutes.push({ since: now, count: 1 })
      else last.count += 1
    },
    busiest: () => Math.max(0, ...minutes.map(({ count }) => count)),
  }
}

function kindOf({ method, url }: Request): string {
  const path = new URL(url).pathname
    .replace(/\/external\/[^/]+/, '/external/*')
    .replaceAll(/[0-9a-f-]{36}/g, '*')
  return `${method} ${path}`
}

export function listen(fetch: (request: Request) => Promise<Response> | Response): Promise<Server> {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(server as Server))
  })
}

/** The server prints every answer that broke off, and here a fault has asked for hundreds of them. */
function silenceCutConnections(): void {
  const print = console.error
  console.error = (...values: unknown[]) => {
    const [error] = values
    if (!(error instanceof Error && error.message.startsWith('The connection was cut'))) print(...values)
  }
}
