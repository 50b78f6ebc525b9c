import { invalid } from '../core/errors.js'
import type { CheckoutRow } from '../core/rows.js'

/** Rules that hold for new checkouts and for changes of them. */

/** The emulator has no discounts, so whatever is named does not exist. */
export function assertNoDiscount({ discount_id }: { discount_id?: string | null | undefined }): void {
  if ((discount_id ?? null) === null) return
  throw invalid('discount_id', 'Discount does not exist.', discount_id)
}

export function assertWholeTrial(row: Pick<CheckoutRow, 'trial_interval' | 'trial_interval_count'>): void {
  if ((row.trial_interval === null) === (row.trial_interval_count === null)) return
  throw invalid('trial_interval', 'trial_interval and trial_interval_count must be set together.', null)
}
