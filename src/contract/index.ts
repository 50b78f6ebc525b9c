export { BILLING_ERROR_STATUS, BillingError, isBillingError } from './errors.js'
export type { BillingErrorBody, BillingErrorCode, BillingErrorOptions, WireErrorCode } from './errors.js'
export { defineCatalog } from './catalog.js'
export { findPlan, sellablePlans } from './findPlan.js'
export { allowancesIn } from './allowances.js'
export type { ByInterval, Catalog, CatalogFeature, CatalogMeter, CatalogPlan, UsageField } from './catalog.js'
export type { FeatureId, MeterId, PlanId, Register, RegisteredCatalog, SellablePlanId } from './register.js'
export { checkFeature, checkMeter } from './entitlement.js'
export type { Entitlement, MeterAmount } from './entitlement.js'
export { complete } from './complete.js'
export type { Answers, Completable } from './complete.js'
export type {
  BillingStatus,
  CheckoutState,
  PartialStatus,
  StatusInput,
  SubscriptionStatus,
} from './status.js'
export type {
  Benefit,
  CompleteSubscription,
  Order,
  PartialSubscription,
  PendingChange,
  Price,
  Product,
  Subscription,
} from './subscription.js'
export type { CompleteMeterUsage, CompleteUsage, MeterUsage, PartialUsage, Usage } from './usage.js'
export type { Allowances, Plan, PlanPrice, Plans, PlanTerms, Trial } from './plans.js'
export type { Checkout, CheckoutInput } from './checkout.js'
export { CANCELLATION_REASONS } from './update.js'
export type { CancellationReason, ChangeMoment, SubscriptionUpdate } from './update.js'
export { estimateProration } from './estimateProration.js'
export type { Proration, ProrationInput } from './estimateProration.js'
export type { Invoice, InvoiceInput, Orders, OrdersInput } from './orders.js'
export type { Seat, Seats, SeatsUpdate } from './seats.js'
export type {
  UsageHistory,
  UsageHistoryInput,
  UsageInterval,
  UsagePoint,
  UsageRange,
} from './usageHistory.js'
export type { PortalSession } from './portal.js'
export type { BillingChange, Changed } from './changes.js'
export { EVENTS_PATH, ROUTES, WEBHOOK_PATH } from './operations.js'
export type { NoInput, Operation, OperationFunction, Operations } from './operations.js'
export { parseInput, validateAnswer } from './validate.js'
