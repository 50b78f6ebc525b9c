import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { BillingError } from '../contract/index.js'

/** How much of a body that is too large is read and dropped, in bytes, so that its connection stays usable for the next request. */
const DISCARD_LIMIT = 8 * 1024 * 1024

/** Refuses bodies above `maxSize` bytes before anything of them is kept. */
export function limitBody(maxSize: number): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: async (c) => {
      await discard(c.req.raw.body)
      throw new BillingError('PAYLOAD_TOO_LARGE', `The body is larger than ${maxSize / 1024} kB.`)
    },
  })
}

async function discard(body: ReadableStream<Uint8Array> | null): Promise<void> {
  if (body === null || body.locked) return
  const reader = body.getReader()
  for (let read = 0; read <= DISCARD_LIMIT;) {
    const { done, value } = await reader.read()
    if (done) return
    read += value.length
  }
}
