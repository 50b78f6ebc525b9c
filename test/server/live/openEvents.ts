import type { Identity } from 'polar-billing-kit/server'
import { expect } from 'vitest'

export interface Events {
  status: number
  headers: Headers
  /** All that has come so far. */
  text(): string
  /** What has changed so far, in order. */
  changes(): string[]
  /** The latest id. */
  id(): string | undefined
  /** Resolves when the server has ended it, or `stop` was called. */
  ended: Promise<void>
  /** Goes away, as a closed tab does. */
  stop(): void
}

interface OpenOptions {
  lastEventId?: string | undefined
  headers?: Record<string, string>
  fetch?: (request: Request) => Promise<Response>
}

/** Subscribes to `GET /events` below a server's URL. Resolves when the subscription stands, or was refused. */
export async function openEvents(
  url: string,
  identity: Identity | string | null,
  { lastEventId, headers = {}, fetch = globalThis.fetch }: OpenOptions = {},
): Promise<Events> {
  const controller = new AbortController()
  const caller = typeof identity === 'string' ? { organizationId: identity } : identity
  const response = await fetch(
    new Request(`${url}/api/billing/events`, {
      signal: controller.signal,
      headers: {
        'x-test-identity': JSON.stringify(caller),
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
        ...headers,
      },
    }),
  )
  let text = ''
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
  }
  const events: Events = {
    status: response.status,
    headers: response.headers,
    text: () => text,
    changes: () => [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data).changed),
    id: () => [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1],
    ended: read().catch(() => undefined),
    stop: () => controller.abort(),
  }
  if (response.ok) await expect.poll(events.id).toBeDefined()
  return events
}
