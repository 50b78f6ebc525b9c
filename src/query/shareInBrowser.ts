import type { BillingChange } from '../contract/changes.js'

/**
 * One tab of all that share a name leads: it subscribes, and tells the others what it hears. When it ends, another one takes over at
 * once. Where a browser cannot do that (a page without https), every tab leads.
 */
export function shareInBrowser(
  name: string,
  onChange: (change: BillingChange) => void,
  lead: (tell: (change: BillingChange) => void) => Promise<void>,
  signal: AbortSignal,
): void {
  const channel = openChannel(name)
  if (channel === undefined) {
    void lead(() => undefined)
    return
  }
  channel.addEventListener('message', ({ data }) => onChange(data as BillingChange))
  signal.addEventListener('abort', () => channel.close())
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none: it stays within its origin
  const tell = (change: BillingChange): void => channel.postMessage(change)
  navigator.locks
    .request(name, { signal }, () => lead(tell))
    // Given up while it waited.
    .catch(() => undefined)
}

function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return 'locks' in navigator ? new BroadcastChannel(name) : undefined
  } catch {
    return undefined
  }
}
