import type { MiddlewareHandler } from 'hono'
import { BillingError } from '../contract/index.js'

/** How much of a body that is too large is read and dropped, in bytes, so that its connection stays usable for the next request. */
const DISCARD_LIMIT = 8 * 1024 * 1024

/**
 * Refuses bodies above `maxSize` bytes, and keeps no more of them. It counts what comes: a length may be missing, and need not be
 * true wherever no HTTP server has checked it.
 */
export function limitBody(maxSize: number): MiddlewareHandler {
  return async (c, next) => {
    const { raw } = c.req
    if (raw.body !== null) {
      const body = await readWhole(raw.body, maxSize)
      c.req.raw = new Request(raw, { method: raw.method, body })
    }
    await next()
  }
}

async function readWhole(
  body: ReadableStream<Uint8Array>,
  maxSize: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader()
  let buffer = new Uint8Array(0)
  let size = 0
  let part = await readPart(reader)
  while (part !== undefined && size <= DISCARD_LIMIT) {
    const offset = size
    size += part.length
    if (size <= maxSize) {
      buffer = grow(buffer, size)
      buffer.set(part, offset)
    }
    part = await readPart(reader)
  }
  if (size <= maxSize) return buffer.subarray(0, size)
  void reader.cancel().catch(() => undefined)
  throw new BillingError('PAYLOAD_TOO_LARGE', `The body is larger than ${maxSize / 1024} kB.`)
}

/** One buffer instead of a list of parts: whoever sends byte by byte would make the list cost far more than what it holds. */
function grow(buffer: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  if (size <= buffer.length) return buffer
  const larger = new Uint8Array(Math.max(size, buffer.length * 2))
  larger.set(buffer)
  return larger
}

/** `undefined`: that was all. */
async function readPart(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    return (await reader.read()).value
  } catch (cause) {
    throw new BillingError('BAD_REQUEST', 'The body broke off: its sender has gone away.', { cause })
  }
}
