import type { models } from '@polar-sh/sdk/2026-10'
import type { EmulatorSettings, Fault, FaultInput, WebhookSettings } from '../core/settings.js'
import type { EmulatedWebhook, EmulatorWebhookEndpoint, WebhookEndpointInput } from './webhookTypes.js'

/** The emulator's clock. */
export interface ClockReading {
  now: string
  frozen: boolean
  /** What falls due next, soonest first. */
  upcoming: { at: string; task: string }[]
}

/** How far `advanceClock` goes. The parts add up; `to` is an absolute moment. */
export type ClockStep =
  | number
  | { days?: number; hours?: number; minutes?: number; seconds?: number; ms?: number; to?: string }

/** A customer by Polar's id or by the merchant's. */
export type CustomerReference = { customer_id: string } | { external_customer_id: string }

/** Who buys what. A customer who does not exist yet is created. */
export interface PurchaseInput {
  customer_id?: string
  external_customer_id?: string
  /** Of the customer that is created. @default '<external_customer_id>@example.com' */
  email?: string
  product_id: string
  /** Start the product's trial if it has one. @default true */
  trial?: boolean
  seats?: number
}

/** What a purchase has made. */
export interface Purchase {
  checkout_id: string
  customer_id: string
  subscription_id: string | null
  order_id: string | null
}

/** What Polar would send by e-mail to whoever is given a seat. */
export interface SeatInvitation {
  seat_id: string
  email: string
  /** The page on which it is answered. */
  url: string
  invitation_token: string
  /** When it was sent last. */
  sent_at: string
  expires_at: string
}

/** A user event as the emulator holds it. */
export interface IngestedEvent {
  id: string
  name: string
  external_id: string | null
  customer_id: string | null
  external_customer_id: string | null
  timestamp: string
  ingested_at: string
  metadata: models.EventMetadataOutput
}

/** Ids of the catalog's entries, by the keys of the literal. */
export interface CatalogIds {
  organization: string
  products: Record<string, string>
  meters: Record<string, string>
  benefits: Record<string, string>
}

/** What can be done to the emulated Polar. Names in snake case are Polar's own. */
export interface EmulatorControls {
  /** Reads the clock. */
  clock: () => ClockReading
  /** Moves the clock forward and runs what falls due on the way. */
  advanceClock: (step: ClockStep) => Promise<ClockReading>
  /** Stops the clock. */
  freezeClock: () => ClockReading
  /** Lets time pass again. */
  unfreezeClock: () => ClockReading
  /**
   * Resolves when nothing is running and nothing is due within the next `seconds`, 5 unless told otherwise
   * and 3,600 at most. What is due runs at once: the clock moves as far as that takes.
   */
  settle: (input?: { seconds?: number }) => Promise<ClockReading>
  /** Lists the faults in force. */
  listFaults: () => Fault[]
  /** Makes requests fail. */
  addFault: (fault: FaultInput) => Fault
  /** Makes every API request fail with 503, as behind a proxy that lost its upstream. */
  takeDown: () => Fault
  /** Ends one fault, or all. */
  clearFaults: (input?: { id?: string }) => Fault[]
  /** Lists the webhook endpoints with their secrets. */
  listWebhookEndpoints: () => EmulatorWebhookEndpoint[]
  /** Adds a webhook endpoint; `http://localhost` is allowed. */
  addWebhookEndpoint: (input: WebhookEndpointInput) => EmulatorWebhookEndpoint
  /** Removes all webhook endpoints and adds these. */
  replaceWebhookEndpoints: (input: {
    endpoints: readonly WebhookEndpointInput[]
  }) => EmulatorWebhookEndpoint[]
  /** Removes a webhook endpoint. */
  removeWebhookEndpoint: (input: { id: string }) => EmulatorWebhookEndpoint[]
  /** Reads how webhooks are delivered. */
  webhookSettings: () => WebhookSettings
  /** Changes how webhooks are delivered; what is left out stays. */
  setWebhookSettings: (input: Partial<WebhookSettings>) => WebhookSettings
  /** Lists the events sent or waiting, oldest first. */
  listWebhooks: (input?: { type?: string; endpoint_id?: string }) => EmulatedWebhook[]
  /** Sends an event once more, with the same `webhook-id`. */
  redeliverWebhook: (input: { id: string }) => EmulatedWebhook
  /** Signs any payload and sends it to every endpoint: `body` as it is, or an envelope around `data`. */
  sendWebhook: (input: { type?: string; data?: unknown; body?: string }) => EmulatedWebhook[]
  /** Dumps the subscriptions in the order of their creation; faults and rate limits do not concern it. */
  listSubscriptions: (input?: { external_customer_id?: string }) => models.Subscription[]
  /** Forces fields of a subscription, also to states that Polar no longer assigns. Sends nothing. */
  patchSubscription: (input: { id: string } & Partial<SubscriptionPatch>) => models.Subscription
  /** Decides whether the card of a customer is declined from now on. */
  setCard: (input: CustomerReference & { declines: boolean }) => { customer_id: string; declines: boolean }
  /** Buys a product for a customer through the code that runs behind the checkout page. */
  purchase: (input: PurchaseInput) => Purchase
  /** Lists the invitations to seats that wait for an answer: the e-mails that Polar would have sent. */
  listInvitations: (input?: { email?: string }) => SeatInvitation[]
  /** Dumps the ingested user events. */
  listEvents: (input?: { external_customer_id?: string; name?: string }) => {
    count: number
    /** How many there are of each name. */
    names: Record<string, number>
    events: IngestedEvent[]
  }
  /** Ids of the catalog's entries by their keys. */
  catalog: () => CatalogIds
  /** Reads how the emulated Polar behaves: delays, limits and rules. */
  settings: () => EmulatorSettings
  /** Changes how it behaves; what is left out stays. */
  changeSettings: (input: Partial<EmulatorSettings>) => EmulatorSettings
  /** Forgets everything and starts the clock again. */
  reset: (input?: { keepWebhookEndpoints?: boolean }) => ClockReading
}

/** What can be forced on a subscription. */
export type SubscriptionPatch = Pick<
  Required<models.Subscription>,
  | 'status'
  | 'amount'
  | 'currency'
  | 'current_period_start'
  | 'current_period_end'
  | 'trial_start'
  | 'trial_end'
  | 'cancel_at_period_end'
  | 'canceled_at'
  | 'started_at'
  | 'ends_at'
  | 'ended_at'
  | 'past_due_at'
  | 'pause_at_period_end'
  | 'paused_at'
  | 'resumes_at'
  | 'seats'
  | 'metadata'
>
