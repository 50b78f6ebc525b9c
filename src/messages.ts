import type { checkoutReturnMessages } from './components/CheckoutReturn/checkoutReturnMessages.js'
import type { invoiceListMessages } from './components/InvoiceList/invoiceListMessages.js'
import type { planBadgeMessages } from './components/PlanBadge/planBadgeMessages.js'
import type { planChangeDialogMessages } from './components/PlanChangeDialog/planChangeDialogMessages.js'
import type { portalButtonMessages } from './components/PortalButton/portalButtonMessages.js'
import type { pricingTableMessages } from './components/PricingTable/pricingTableMessages.js'
import type { seatListMessages } from './components/SeatList/seatListMessages.js'
import type { Translation } from './components/translator.js'
import type { upgradeButtonMessages } from './components/UpgradeButton/upgradeButtonMessages.js'
import type { usageMeterMessages } from './components/UsageMeter/usageMeterMessages.js'

// Types alone: the English words live beside each component, and come into an app with it.

/** Every text of every component, in one language. */
export interface BillingMessages {
  CheckoutReturn: Translation<typeof checkoutReturnMessages>
  InvoiceList: Translation<typeof invoiceListMessages>
  PlanBadge: Translation<typeof planBadgeMessages>
  PlanChangeDialog: Translation<typeof planChangeDialogMessages>
  PortalButton: Translation<typeof portalButtonMessages>
  PricingTable: Translation<typeof pricingTableMessages>
  SeatList: Translation<typeof seatListMessages>
  UpgradeButton: Translation<typeof upgradeButtonMessages>
  UsageMeter: Translation<typeof usageMeterMessages>
}

/** Other words for some of the texts, or for all of them: `{ PlanBadge: { none: 'No subscription' } }`. */
export type MessageOverrides = {
  /** The language of the words, BCP 47. The provider writes numbers and dates in it, too, unless it has a `locale` of its own. */
  readonly locale?: string | undefined
} & { readonly [Component in keyof BillingMessages]?: Partial<BillingMessages[Component]> | undefined }
