import type { Catalog } from '../contract/index.js'
import type { Authorize } from './authorize.js'
import type { SharedCheckouts } from './checkouts/createSharedCheckouts.js'
import type { OnEvent } from './events.js'
import type { InvoiceRequests } from './invoiceRequests.js'
import type { OrganizationLimits } from './limits/createOrganizationLimits.js'
import type { ProductMap } from './products.js'
import type { PaymentProvider } from './paymentProvider.js'
import type { Reader } from './reader.js'
import type { ChangeLock } from './subscriptions/createChangeLock.js'
import type { PendingUsage } from './usage/pendingUsage.js'
import type { ReadUsageHistory } from './usage/usageHistory.js'

export type Gauge = (organizationId: string) => Promise<number> | number

/** What every operation works with. */
export interface BillingContext {
  catalog: Catalog
  productMap: ProductMap
  provider: PaymentProvider
  reader: Reader
  limits: OrganizationLimits
  pendingUsage: PendingUsage
  checkouts: SharedCheckouts
  invoices: InvoiceRequests
  readUsageHistory: ReadUsageHistory
  changeLock: ChangeLock
  /** The provider's id of a meter of the catalog, where it differs in name. */
  meterIds: Readonly<Record<string, string | undefined>>
  gauges: Readonly<Record<string, Gauge | undefined>>
  gracePeriodDays: number
  authorize: Authorize | undefined
  /** Where the provider sends the browser back to. */
  returnUrls: { success: string; canceled: string; portal: string }
  now: () => Date
  onEvent: OnEvent
  /** Reports a fault of the configuration once. */
  warnOnce: (message: string) => void
}
