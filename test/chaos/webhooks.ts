import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { listen } from './polar.js'
import type { Random } from './random.js'
import { createTally, type Tally } from './tally.js'

/** The load balancer to which Polar sends its webhooks: it knows no more of the processes than their addresses. */
export interface WebhookGate {
  readonly url: string
  readonly counts: Readonly<WebhookCounts>
  /** Milliseconds of the attempts that were acknowledged. */
  readonly latencies: readonly number[]
  /** From now on no answer is lost. */
  calm(): void
  close(): Promise<void>
}

interface WebhookCounts {
  /** Attempts of Polar. */
  attempts: number
  /** Different webhooks that were acknowledged. */
  distinct: number
  /** Acknowledged before, by this or another process. */
  duplicates: number
  /** Acknowledged, and Polar never heard of it. */
  lostAnswers: number
  /** Attempts that were not acknowledged, by status; 502 where the process could not be reached. */
  refused: Tally
}

const HEADERS = ['content-type', 'webhook-id', 'webhook-timestamp', 'webhook-signature']
/** The part of the acknowledgements that does not reach Polar. */
const LOST_ANSWERS = 0.03

export async function openWebhookGate(urls: readonly string[], random: Random): Promise<WebhookGate> {
  const counts = { attempts: 0, distinct: 0, duplicates: 0, lostAnswers: 0, refused: createTally() }
  const seen = new Set<string>()
  const latencies: number[] = []
  let isCalm = false

  async function pass(request: Request): Promise<Response> {
    counts.attempts += 1
    const began = performance.now()
    const status = await forward(`${random.pick(urls)}/api/billing/webhooks/polar`, request)
    if (status >= 300) {
      counts.refused.add(String(status))
      return new Response(null, { status })
    }
    latencies.push(performance.now() - began)
    const id = request.headers.get('webhook-id') ?? ''
    if (seen.has(id)) counts.duplicates += 1
    seen.add(id)
    counts.distinct = seen.size
    if (isCalm || !random.happens(LOST_ANSWERS)) return new Response(null, { status })
    counts.lostAnswers += 1
    return new Response(null, { status: 504 })
  }

  const server: Server = await listen(pass)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    counts,
    latencies,
    calm: () => {
      isCalm = true
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function forward(url: string, request: Request): Promise<number> {
  const headers = Object.fromEntries(HEADERS.map((name) => [name, request.headers.get(name) ?? '']))
  try {
    const response = await fetch(url, { method: 'POST', headers, body: await request.text() })
    await response.arrayBuffer()
    return response.status
  } catch {
    return 502
  }
}
