import type { models } from '@polar-sh/sdk/2026-10'

/** What happens when a customer's card is charged. */
export type Card = 'none' | 'good' | 'declines'

export type Price = models.ProductPrice

export interface OrganizationRow {
  id: string
  created_at: string
  name: string
  slug: string
}

export type CustomerRow = Required<Omit<models.CustomerIndividual, 'type' | 'email'>> & {
  type: models.CustomerType
  email: string | null
  card: Card
  /** The member Polar creates with every customer. */
  ownerId: string
}

export type MeterRow = Required<models.Meter>

export type BenefitRow = models.BenefitFeatureFlag | models.BenefitCustom | models.BenefitMeterCredit

export type ProductRow = Omit<models.Product, 'benefits' | 'prices'> & {
  prices: Price[]
  benefitIds: string[]
}

/** Everything of a checkout that is not derived from its product or from the time. */
export type CheckoutRow = Pick<
  Required<models.Checkout>,
  | 'id'
  | 'created_at'
  | 'modified_at'
  | 'custom_field_data'
  | 'status'
  | 'client_secret'
  | 'expires_at'
  | 'return_url'
  | 'embed_origin'
  | 'seats'
  | 'min_seats'
  | 'max_seats'
  | 'currency'
  | 'allow_discount_codes'
  | 'require_billing_address'
  | 'customer_id'
  | 'is_business_customer'
  | 'customer_name'
  | 'customer_email'
  | 'customer_ip_address'
  | 'customer_billing_name'
  | 'customer_billing_address'
  | 'customer_tax_id'
  | 'locale'
  | 'trial_interval'
  | 'trial_interval_count'
  | 'metadata'
  | 'external_customer_id'
  | 'customer_metadata'
  | 'subscription_id'
> & {
  allowTrial: boolean
  productIds: string[]
  productId: string
  /** The buyer is this customer for certain: the merchant said so, or the checkout created it. */
  isProven: boolean
  /** End of the trial that was bought; before that it moves with the time. */
  trialEnd: string | null
  /** Chosen by the customer for a pay-what-you-want price. */
  customAmount: number | null
  /** Still holds `{CHECKOUT_ID}`: Polar substitutes it whenever the checkout is read. */
  successUrl: string | null
  /** The portal session appended to the success URL; only customers that proved who they are get one. */
  sessionToken: string | null
}

export type SubscriptionMeterRow = Omit<models.SubscriptionMeter, 'meter'>

/** A charge or credit that waits for the next invoice. */
export interface BillingEntry {
  label: string
  amount: number
  priceId: string | null
}

export type SubscriptionRow = Required<
  Omit<models.Subscription, 'customer' | 'product' | 'discount' | 'prices' | 'meters'>
> & {
  anchorDay: number
  prices: Price[]
  meters: SubscriptionMeterRow[]
  entries: BillingEntry[]
}

export type OrderRow = Required<Omit<models.Order, 'customer' | 'product' | 'discount' | 'subscription'>> & {
  /** Charges that failed so far. */
  failedAttempts: number
  /** Names the invoice document in its public address. */
  documentToken: string
}

export type GrantProperties = models.BenefitGrantMeterCreditProperties

export type GrantRow = Required<
  Omit<models.BenefitGrant, 'customer' | 'member' | 'benefit' | 'properties' | 'error'>
> & {
  properties: GrantProperties
}

export type MemberRow = models.Member

/** Without a token there is no invitation: it was answered, or the seat was given without one. */
export type SeatRow = Required<Omit<models.CustomerSeat, 'member' | 'customer_email'>> & {
  invitationToken: string | null
  /** When the last e-mail with the invitation went out. */
  invitedAt: string | null
}

export interface EventRow {
  id: string
  /**
   * Position in the log. Windows of a meter start after its last reset in this order, as Polar goes by
   * ingestion time.
   */
  position: number
  timestamp: string
  ingestedAt: string
  name: string
  label: string
  source: models.EventSource
  externalId: string | null
  customerId: string | null
  externalCustomerId: string | null
  memberId: string | null
  externalMemberId: string | null
  parentId: string | null
  metadata: Readonly<Record<string, unknown>>
}

export type CustomerMeterRow = Omit<models.CustomerMeter, 'customer' | 'meter'>

export interface SessionRow {
  id: string
  created_at: string
  token: string
  expires_at: string
  return_url: string | null
  customer_id: string
  /** A member who may not see bills; `null`: the owner. */
  memberId: string | null
}

export type EndpointRow = Required<models.WebhookEndpoint>

export type WebhookEventRow = Required<Omit<models.WebhookEvent, 'payload' | 'type'>> & {
  type: string
  payload: string
  endpointId: string
  attempts: number
  /** Attempts that failed since it was sent, or sent again. */
  failures: number
}

export type DeliveryRow = Omit<models.WebhookDelivery, 'webhook_event'> & { eventId: string }
