export { BILLING_ERROR_STATUS, BillingError, isBillingError } from './errors.js'
export type { BillingErrorBody, BillingErrorCode, BillingErrorOptions } from './errors.js'
export { defineCatalog, findPlan, sellablePlans } from './catalog.js'
export type { Catalog, CatalogFeature, CatalogMeter, CatalogPlan, UsageField } from './catalog.js'
export type { FeatureId, MeterId, PlanId, Register, RegisteredCatalog } from './register.js'
export { completeStatus } from './status.js'
export type {
  BillingStatus,
  CheckoutState,
  PartialStatus,
  StatusInput,
  SubscriptionStatus,
} from './status.js'
export { completeSubscription } from './subscription.js'
export type {
  Benefit,
  Order,
  PartialSubscription,
  PendingChange,
  Price,
  Product,
  Subscription,
} from './subscription.js'
export { completeUsage } from './usage.js'
export type { CompleteUsage, MeterUsage, PartialUsage, Usage } from './usage.js'
export type { Plan, PlanPrice, Plans } from './plans.js'
export type { Checkout, CheckoutInput } from './checkout.js'
export type { PortalSession } from './portal.js'
export { ROUTES, WEBHOOK_PATH } from './operations.js'
export type { NoInput, Operation, OperationFunction, Operations } from './operations.js'
export { parseInput, validateAnswer } from './validate.js'
