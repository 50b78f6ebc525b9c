import type { billingAnnouncerMessages } from './components/BillingAnnouncer/billingAnnouncerMessages.js'
import type { billingBannerMessages } from './components/BillingBanner/billingBannerMessages.js'
import type { billingPageMessages } from './components/BillingPage/billingPageMessages.js'
import type { cancelDialogMessages } from './components/CancelDialog/cancelDialogMessages.js'
import type { checkoutReturnMessages } from './components/CheckoutReturn/checkoutReturnMessages.js'
import type { invoiceListMessages } from './components/InvoiceList/invoiceListMessages.js'
import type { planBadgeMessages } from './components/PlanBadge/planBadgeMessages.js'
import type { planChangeDialogMessages } from './components/PlanChangeDialog/planChangeDialogMessages.js'
import type { portalButtonMessages } from './components/PortalButton/portalButtonMessages.js'
import type { pricingTableMessages } from './components/PricingTable/pricingTableMessages.js'
import type { seatListMessages } from './components/SeatList/seatListMessages.js'
import type { subscriptionCardMessages } from './components/SubscriptionCard/subscriptionCardMessages.js'
import type { Translation } from './components/translator.js'
import type { upgradeButtonMessages } from './components/UpgradeButton/upgradeButtonMessages.js'
import type { usageChartMessages } from './components/UsageChart/usageChartMessages.js'
import type { usageMeterListMessages } from './components/UsageMeterList/usageMeterListMessages.js'
import type { usageMeterMessages } from './components/UsageMeter/usageMeterMessages.js'

// Types alone: the English words live beside each component, and come into an app with it.

/** Every text of every component, in one language. */
export interface BillingMessages {
  BillingAnnouncer: Translation<typeof billingAnnouncerMessages>
  BillingBanner: Translation<typeof billingBannerMessages>
  BillingPage: Translation<typeof billingPageMessages>
  CancelDialog: Translation<typeof cancelDialogMessages>
  CheckoutReturn: Translation<typeof checkoutReturnMessages>
  InvoiceList: Translation<typeof invoiceListMessages>
  PlanBadge: Translation<typeof planBadgeMessages>
  /** `SeatsDialog`'s, too. */
  PlanChangeDialog: Translation<typeof planChangeDialogMessages>
  PortalButton: Translation<typeof portalButtonMessages>
  PricingTable: Translation<typeof pricingTableMessages>
  SeatList: Translation<typeof seatListMessages>
  SubscriptionCard: Translation<typeof subscriptionCardMessages>
  UpgradeButton: Translation<typeof upgradeButtonMessages>
  UsageChart: Translation<typeof usageChartMessages>
  /** `UsageRing`'s, too. */
  UsageMeter: Translation<typeof usageMeterMessages>
  UsageMeterList: Translation<typeof usageMeterListMessages>
}

/** A whole language. Its `locale` also is the one that numbers and dates are written in, unless the provider has another. */
export type CompleteMessages = BillingMessages & { readonly locale: string }

/** Other words for some of the texts, or for all of them: `{ PlanBadge: { none: 'No subscription' } }`. */
export type MessageOverrides = {
  /** The language of the words, BCP 47. The provider writes numbers and dates in it, too, unless it has a `locale` of its own. */
  readonly locale?: string | undefined
} & { readonly [Component in keyof BillingMessages]?: Partial<BillingMessages[Component]> | undefined }
