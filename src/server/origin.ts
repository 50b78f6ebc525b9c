import { BillingError } from '../contract/index.js'

/**
 * Refuses a POST that another site made a browser send with the user's cookies. Browsers name the origin of every POST; whoever
 * names none is no browser. An `Authorization` header cannot be added by another site, so it settles the question.
 *
 * @throws BillingError `FORBIDDEN`
 */
export function assertOwnOrigin(request: Request, appOrigin: string): void {
  const { headers } = request
  if (headers.has('authorization')) return
  const origin = headers.get('origin')
  const isOwn =
    origin === null
      ? headers.get('sec-fetch-site') !== 'cross-site'
      : [appOrigin, new URL(request.url).origin].includes(origin)
  if (!isOwn)
    throw new BillingError(
      'FORBIDDEN',
      'This request comes from another site. Set appUrl to the address of the app.',
    )
}
