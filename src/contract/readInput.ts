import { BillingError } from './errors.js'
import { type Operation, ROUTES } from './operations.js'

/**
 * What the caller sent: the query of a read, the JSON body of a write, and what the path names. Its fields are not checked yet.
 *
 * @throws BillingError `BAD_REQUEST` for a body that is empty or no JSON, `UNSUPPORTED_MEDIA_TYPE` for one that is sent as something else
 */
export async function readInput(
  request: Request,
  operation: Operation,
  inPath: Record<string, string>,
): Promise<unknown> {
  const input = ROUTES[operation].startsWith('GET') ? readQuery(request) : await readBody(request)
  if (Object.keys(inPath).length === 0) return input
  // A number or a list is no input, and must not become one by what the path adds to it.
  return typeof input === 'object' && !Array.isArray(input) ? { ...input, ...inPath } : input
}

function readQuery(request: Request): unknown {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const { fresh, ...rest } = query
  return fresh === undefined ? rest : { ...rest, fresh: fresh === '1' || fresh === 'true' }
}

async function readBody(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  const body = await request.text()
  if (body === '')
    throw new BillingError(
      'BAD_REQUEST',
      'The body is empty: send JSON, at least {}. If something was sent, another middleware has read it: mount billing above express.json().',
    )
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new BillingError(
      'UNSUPPORTED_MEDIA_TYPE',
      `Send the body as application/json, not ${type === '' ? 'without a type' : `as ${type}`}.`,
    )
  }
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw new BillingError('BAD_REQUEST', 'The body is not JSON.', { cause })
  }
}
