import { BillingError } from '../contract/errors.js'

/** @throws BillingError `INVALID_RESPONSE` for a URL that is not http(s): it could run as a script of this page */
export function assertHttp(url: string): void {
  if (!/^(https?:|[/#])/i.test(url)) {
    throw new BillingError('INVALID_RESPONSE', 'The URL is not http(s).')
  }
}

/** Leaves for a page. Resolves only if this page is still there, or there again: after an anchor, or out of the back/forward cache. */
export function leaveFor(url: string): Promise<void> {
  assertHttp(url)
  return new Promise((resolve) => {
    addEventListener('pageshow', ({ persisted }) => persisted && resolve())
    location.assign(url)
    // An anchor changes the address at once and leaves nothing.
    if (location.href.endsWith(url)) resolve()
  })
}
