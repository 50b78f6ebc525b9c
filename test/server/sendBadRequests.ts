import { once } from 'node:events'
import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import * as fc from 'fast-check'
import { type BadRequest, badRequest, rawRequest } from './badRequests.js'
import { type Running, startBilling } from './startBilling.js'

// A process of its own for the test, run with --expose-gc: sends so many bad requests to a billing server that keeps its state in a
// PGlite, and prints what came of it as JSON. Arguments: how many, how many over a socket, seed.

const [count = 1_000, overSocket = 100, seed = 1] = process.argv.slice(2).map(Number)
const BATCH = 500

/** Bytes in use when everything that can go has gone: streams do so in several turns. */
async function heapInUse(): Promise<number> {
  for (let round = 0; round < 5; round += 1) {
    await setImmediate()
    globalThis.gc?.()
  }
  return process.memoryUsage().heapUsed
}

function toRequest({ method, path, headers: pairs, body, identity }: BadRequest): Request {
  const headers = new Headers()
  for (const [name, value] of pairs) appendIfPossible(headers, name, value)
  if (identity !== undefined) headers.set('x-test-identity', JSON.stringify(identity))
  const hasBody = body !== null && !['GET', 'HEAD'].includes(method)
  return new Request(`http://app.test/api/billing${path}`, {
    method,
    headers,
    ...(hasBody && { body: toBody(body), duplex: 'half' }),
  })
}

// No client gets it onto the wire either.
function appendIfPossible(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value)
  } catch {
    // Left out.
  }
}

function toBody(body: NonNullable<BadRequest['body']>): BodyInit {
  if (body.kind === 'text') return body.text
  if (body.kind === 'bytes') return body.bytes
  const chunk = new TextEncoder().encode(body.chunk)
  let sent = 0
  return new ReadableStream({
    pull: (controller) => {
      if (sent < body.count) controller.enqueue(chunk)
      else if (body.tornOff) controller.error(new Error('the client went away'))
      else controller.close()
      sent += 1
    },
  })
}

/** Why an answer is not what a bad request deserves; `null`: it is. */
async function faultOf(bad: BadRequest, response: Response): Promise<string | null> {
  const text = await response.text()
  if (response.status < 400 || response.status > 499)
    return `status ${response.status}: ${text.slice(0, 500)}`
  if (bad.method === 'HEAD') return null
  if (text.length > 2_000) return `an answer of ${text.length} characters`
  const { error } = JSON.parse(text) as { error?: { code?: string; message?: string; requestId?: string } }
  if (error?.requestId === undefined || error.requestId !== response.headers.get('x-request-id'))
    return `no request id in ${text}`
  return /\bat \S+:\d+|node_modules|ZodError/.test(error.message ?? '') ? `a stack in ${text}` : null
}

/** Sends bytes as they are, and gives the status of the answer; `null`: the server hung up. */
async function sendRaw(port: number, message: string): Promise<number | null> {
  const socket = connect(port, '127.0.0.1')
  const parts: Buffer[] = []
  socket.on('data', (part: Buffer) => parts.push(part))
  socket.on('error', () => undefined)
  socket.end(Buffer.from(message, 'latin1'))
  await once(socket, 'close')
  // "100 Continue" may come before it.
  const status = /^HTTP\/1\.1 (?!100)(\d{3})/m.exec(Buffer.concat(parts).toString('latin1'))?.[1]
  return status === undefined ? null : Number(status)
}

async function countRows(database: PGlite): Promise<number> {
  const { rows: tables } = await database.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables
     where table_schema = 'polar_billing' and table_name <> 'migrations'`,
  )
  let total = 0
  for (const { name } of tables) {
    const { rows } = await database.query<{ count: number }>(
      `select count(*)::int as count from polar_billing.${name}`,
    )
    total += rows[0]?.count ?? 0
  }
  return total
}

const statuses: Record<string, number> = {}
const note = (status: number | null): void => {
  statuses[String(status)] = (statuses[String(status)] ?? 0) + 1
}

async function sendAll({ billing, url }: Running): Promise<{ fault: string | null; growth: number }> {
  let heapBefore = 0
  for (let sent = 0; sent < count; sent += BATCH) {
    // Everything is warm after a fifth.
    if (heapBefore === 0 && sent >= count / 5) heapBefore = await heapInUse()
    const batch = fc.sample(badRequest, { seed: seed + sent, numRuns: BATCH })
    const faults = await Promise.all(
      batch.map(async (bad) => {
        const response = await billing.fetch(toRequest(bad))
        note(response.status)
        const fault = await faultOf(bad, response)
        return fault && `${fault}\nof ${fc.stringify(bad).slice(0, 2_000)}`
      }),
    )
    const fault = faults.find((found) => found !== null)
    if (fault !== undefined) return { fault, growth: 0 }
  }
  const growth = (await heapInUse()) - heapBefore
  for (const message of fc.sample(rawRequest, { seed, numRuns: overSocket })) {
    const status = await sendRaw(Number(new URL(url).port), message)
    note(status)
    if (status !== null && (status < 400 || status > 499))
      return { fault: `status ${status} of ${JSON.stringify(message).slice(0, 2_000)}`, growth }
  }
  return { fault: null, growth }
}

const database = new PGlite()
const running = await startBilling({ billing: { database, onEvent: () => undefined } })
const result = await sendAll(running)
console.log(
  JSON.stringify({
    ...result,
    statuses,
    rows: await countRows(database),
    polarCalls: running.polarCalls.length,
  }),
)
await running.close()
await database.close()
