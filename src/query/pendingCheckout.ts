import type { StatusInput } from '../contract/status.js'

/** The checkout that the browser came back from and that is not confirmed yet. */
export interface PendingCheckout {
  /** Who bought; `null`: nobody was signed in when the browser came back. */
  organizationId: string | null
  /** How to ask for the status until it is confirmed. */
  input: StatusInput
}

let pending: PendingCheckout | null = null

/** What the status of this organization waits for. */
export function pendingCheckout(organizationId: string | null): PendingCheckout | null {
  return pending?.organizationId === organizationId ? pending : null
}

export function setPendingCheckout(checkout: PendingCheckout | null): void {
  pending = checkout
}
