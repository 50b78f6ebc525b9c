import { BillingError } from '../contract/errors.js'
import { type Operation, ROUTES } from '../contract/operations.js'

interface Match {
  operation: Operation
  /** What stands in the path, such as the id of an order. */
  inPath: Record<string, string>
}

/**
 * The operation that a request is for.
 *
 * @throws BillingError `NOT_FOUND`, or `METHOD_NOT_SUPPORTED` for a path that has other methods
 */
export function findRoute(method: string, path: string): Match {
  const matches = (Object.keys(ROUTES) as Operation[]).flatMap((operation) => {
    const [wanted = '', pattern = ''] = ROUTES[operation].split(' ')
    const inPath = matchPath(pattern, path)
    return inPath === null ? [] : [{ operation, wanted, inPath }]
  })
  const match = matches.find(({ wanted }) => wanted === method)
  if (match !== undefined) return match
  throw matches.length === 0
    ? new BillingError('NOT_FOUND', `There is no billing route ${method} ${path}. Check baseUrl.`)
    : new BillingError('METHOD_NOT_SUPPORTED', `${method} is not supported on ${path}.`)
}

/** `null`: another path. */
function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const inPath: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':')) inPath[part.slice(1)] = decode(value)
    else if (part !== value) return null
  }
  return inPath
}

/** What cannot be decoded stays as it is, and is no id. */
function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
