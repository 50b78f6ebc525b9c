import { BillingError } from '../contract/errors.js'

/** @throws BillingError `INVALID_RESPONSE` for a URL that is not http(s): it could run as a script of this page */
export function assertHttp(url: string): void {
  if (!/^(https?:|[/#])/i.test(url)) {
    throw new BillingError('INVALID_RESPONSE', 'The URL is not http(s).')
  }
}

/** Milliseconds. */
const LEAVING_TIME = 5_000

/**
 * Leaves for a page, and takes as long as that mostly takes. It ends all the same: an anchor or a download leaves nothing, readers may
 * choose to stay, and the back button brings them back.
 */
export async function leaveFor(url: string): Promise<void> {
  assertHttp(url)
  location.assign(url)
  // An anchor changes the address at once.
  if (!location.href.endsWith(url)) await new Promise((resolve) => setTimeout(resolve, LEAVING_TIME))
}
