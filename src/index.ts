export { BillingProvider, useBilling } from './context.js'
export type { BillingContextValue, BillingProviderProps } from './context.js'
export { useBillingStatus } from './hooks/useBillingStatus.js'
export { useSubscription } from './hooks/useSubscription.js'
export { useUsage } from './hooks/useUsage.js'
export { usePlans } from './hooks/usePlans.js'
export { useCheckout } from './hooks/useCheckout.js'
export { usePortal } from './hooks/usePortal.js'
export { useUpdateSubscription } from './hooks/useUpdateSubscription.js'
export { useOrders } from './hooks/useOrders.js'
export { useInvoice } from './hooks/useInvoice.js'
export { useSeats } from './hooks/useSeats.js'
export type { SeatsProgress, SeatsResult } from './hooks/useSeats.js'
export type { Progress, ProgressOf } from './hooks/useProgress.js'
export { useEntitlement } from './hooks/useEntitlement.js'
export type { EntitlementOptions, EntitlementResult } from './hooks/useEntitlement.js'
export { useCheckoutReturn } from './hooks/useCheckoutReturn.js'
export type {
  CheckoutReturnOptions,
  CheckoutReturnResult,
  CheckoutReturnState,
} from './hooks/useCheckoutReturn.js'
export type { ReadOptions } from './hooks/fromFactory.js'
export type { SessionOptions } from './query/session.js'
export type { InvoiceLink, InvoiceOptions } from './query/invoice.js'
export type { BillingMessages, MessageOverrides } from './messages.js'
export type { Message } from './format/message.js'
export type { LocalizedProps, Translation } from './components/translator.js'
export type { Render, RootProps, Styling } from './components/Root.js'
export { PlanBadge } from './components/PlanBadge/PlanBadge.js'
export type { PlanBadgeProps } from './components/PlanBadge/PlanBadge.js'
export { PlanBadgeView } from './components/PlanBadge/PlanBadgeView.js'
export type { PlanBadgeViewProps } from './components/PlanBadge/PlanBadgeView.js'
export { UsageMeter } from './components/UsageMeter/UsageMeter.js'
export type { UsageMeterProps } from './components/UsageMeter/UsageMeter.js'
export { UsageMeterView } from './components/UsageMeter/UsageMeterView.js'
export type { UsageMeterViewProps } from './components/UsageMeter/UsageMeterView.js'
export { UpgradeButton } from './components/UpgradeButton/UpgradeButton.js'
export type { UpgradeButtonProps } from './components/UpgradeButton/UpgradeButton.js'
export { UpgradeButtonView } from './components/UpgradeButton/UpgradeButtonView.js'
export type { UpgradeButtonViewProps } from './components/UpgradeButton/UpgradeButtonView.js'
export { PricingTable } from './components/PricingTable/PricingTable.js'
export type { PricingTableProps } from './components/PricingTable/PricingTable.js'
export { PricingTableView } from './components/PricingTable/PricingTableView.js'
export type { PricingTableViewProps } from './components/PricingTable/PricingTableView.js'
export type { PlanChoice } from './components/PricingTable/PlanCard.js'
export type { PlanChangeVerb, PlanVerb, Standing } from './components/PricingTable/planVerb.js'
export { PlanChangeDialog } from './components/PlanChangeDialog/PlanChangeDialog.js'
export type { PlanChangeDialogProps } from './components/PlanChangeDialog/PlanChangeDialog.js'
export { PlanChangeDialogView } from './components/PlanChangeDialog/PlanChangeDialogView.js'
export type { PlanChangeDialogViewProps } from './components/PlanChangeDialog/PlanChangeDialogView.js'
export { PortalButton } from './components/PortalButton/PortalButton.js'
export type { PortalButtonProps } from './components/PortalButton/PortalButton.js'
export { PortalButtonView } from './components/PortalButton/PortalButtonView.js'
export type { PortalButtonViewProps } from './components/PortalButton/PortalButtonView.js'
export { CheckoutReturn } from './components/CheckoutReturn/CheckoutReturn.js'
export type { CheckoutReturnProps } from './components/CheckoutReturn/CheckoutReturn.js'
export { CheckoutReturnView } from './components/CheckoutReturn/CheckoutReturnView.js'
export type { CheckoutReturnViewProps } from './components/CheckoutReturn/CheckoutReturnView.js'
export { InvoiceList } from './components/InvoiceList/InvoiceList.js'
export type { InvoiceListProps } from './components/InvoiceList/InvoiceList.js'
export { InvoiceListView } from './components/InvoiceList/InvoiceListView.js'
export type { InvoiceListViewProps } from './components/InvoiceList/InvoiceListView.js'
export { SeatList } from './components/SeatList/SeatList.js'
export type { SeatListProps } from './components/SeatList/SeatList.js'
export { SeatListView } from './components/SeatList/SeatListView.js'
export type { SeatListViewProps } from './components/SeatList/SeatListView.js'
export { Entitled } from './components/Entitled/Entitled.js'
export type { EntitledProps } from './components/Entitled/Entitled.js'
export { formatDate } from './format/date.js'
export { formatMoney } from './format/money.js'
export { formatQuantity } from './format/quantity.js'
export { createTransport } from './transports/transport.js'
export type {
  BillingFunctions,
  BillingTransport,
  ChangeSource,
  RequestOptions,
  Subscribe,
  SubscribeOptions,
  TransportOptions,
  ValidateAnswer,
} from './transports/transport.js'
export { BillingError, isBillingError } from './contract/errors.js'
export type { BillingErrorCode } from './contract/errors.js'
export { defineCatalog } from './contract/catalog.js'
export type { Catalog, CatalogFeature, CatalogMeter, CatalogPlan } from './contract/catalog.js'
export type { Entitlement, MeterAmount } from './contract/entitlement.js'
export type { FeatureId, MeterId, PlanId, Register, SellablePlanId } from './contract/register.js'
export type { BillingStatus, CheckoutState, StatusInput, SubscriptionStatus } from './contract/status.js'
export type {
  CompleteSubscription,
  Order,
  PendingChange,
  Price,
  Product,
  Subscription,
} from './contract/subscription.js'
export type { CompleteMeterUsage, CompleteUsage, MeterUsage, Usage } from './contract/usage.js'
export type { Plan, PlanPrice, Plans, Trial } from './contract/plans.js'
export type { BillingChange, Changed } from './contract/changes.js'
export type { Checkout, CheckoutInput } from './contract/checkout.js'
export { CANCELLATION_REASONS } from './contract/update.js'
export type { CancellationReason, ChangeMoment, SubscriptionUpdate } from './contract/update.js'
export { estimateProration } from './contract/estimateProration.js'
export type { Proration, ProrationInput } from './contract/estimateProration.js'
export type { Invoice, InvoiceInput, Orders } from './contract/orders.js'
export type { Seat, Seats, SeatsUpdate } from './contract/seats.js'
export type {
  UsageHistory,
  UsageHistoryInput,
  UsageInterval,
  UsagePoint,
  UsageRange,
} from './contract/usageHistory.js'
export type { PortalSession } from './contract/portal.js'
