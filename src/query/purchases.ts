import type { PendingCheckout } from './pendingCheckout.js'

type Hear = (purchase: PendingCheckout) => void

const listeners = new Set<Hear>()

/** Hears of what is bought without leaving the page. Gives the way to stop. */
export function onPurchase(hear: Hear): () => void {
  listeners.add(hear)
  return () => void listeners.delete(hear)
}

/** Tells everybody who hears of it. */
export function tellPurchase(purchase: PendingCheckout): void {
  for (const hear of listeners) hear(purchase)
}
