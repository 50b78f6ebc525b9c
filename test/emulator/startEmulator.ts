import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { type Polar, createPolar } from '@polar-sh/sdk/2026-10'
import {
  type PolarEmulator,
  type PolarEmulatorOptions,
  createPolarEmulator,
} from 'polar-billing-kit/emulator'

/** One webhook request as it arrived. */
export interface Received {
  headers: Record<string, string>
  body: string
  type: string
  data: Record<string, unknown>
}

export interface Receiver {
  url: string
  received: Received[]
  /** Types of what arrived, in order, without what a test does not care about. */
  types: (...ignored: string[]) => string[]
  /** Forgets what came so far. */
  clear: () => void
  /** Answers with this status from now on; 0 never answers. */
  answer: (status: number) => void
  close: () => Promise<void>
}

export interface Running {
  receiver: Receiver
  emulator: PolarEmulator
  /** Includes the base path. */
  baseUrl: string
  polar: Polar
  close: () => Promise<void>
}

/**
 * An emulator on a free port, the official SDK pointed at it, and a receiver that is not yet an endpoint. The
 * clock starts on January 10, 2026 and moves only when it is told to.
 */
export async function startEmulator(options: PolarEmulatorOptions = {}): Promise<Running> {
  const emulator = createPolarEmulator({ now: '2026-01-10T12:00:00Z', frozen: true, ...options })
  const server = await new Promise<Server>((resolve) => {
    const started = serve({ fetch: emulator.fetch, port: 0, hostname: '127.0.0.1' }, () =>
      resolve(started as Server),
    )
  })
  const receiver = await startReceiver()
  const baseUrl = `http://127.0.0.1:${portOf(server)}${options.basePath ?? ''}`
  return {
    emulator,
    receiver,
    baseUrl,
    polar: createPolar({ accessToken: 'polar_oat_test', baseUrl }),
    close: async () => {
      emulator.close()
      await closeServer(server)
      await receiver.close()
    },
  }
}

/** Lets the receiver have all webhooks. */
export function listen({ emulator, receiver }: Running): void {
  emulator.controls.addWebhookEndpoint({ url: receiver.url })
}

/** A server that takes webhooks and remembers them. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  let status = 202
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request)
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    received.push({ headers, body, ...parse(body) })
    if (status === 0) return
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
  }
  const server = createServer((request, response) => void take(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${portOf(server)}/hooks`,
    received,
    types: (...ignored) => received.map(({ type }) => type).filter((type) => !ignored.includes(type)),
    clear: () => {
      received.length = 0
    },
    answer: (next) => {
      status = next
    },
    close: () => closeServer(server),
  }
}

/** Posts a form as a browser does. */
export function submit(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
}

/** A form of the portal, sent with its token. */
export function portalForm(
  portalUrl: string,
  path: string,
  fields: Record<string, string> = {},
): Promise<Response> {
  const url = new URL(portalUrl)
  const token = url.searchParams.get('customer_session_token') ?? ''
  return submit(url.origin + url.pathname + path, { customer_session_token: token, ...fields })
}

function parse(body: string): { type: string; data: Record<string, unknown> } {
  try {
    return JSON.parse(body) as { type: string; data: Record<string, unknown> }
  } catch {
    return { type: 'not json', data: {} }
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
