export { createPolarEmulator } from './createPolarEmulator.js'
export { sampleCatalog } from './catalog/sampleCatalog.js'
export type { PolarEmulator, PolarEmulatorOptions } from './options.js'
export type {
  CatalogBenefit,
  CatalogMeter,
  CatalogPrice,
  CatalogProduct,
  EmulatorCatalog,
} from './catalog/types.js'
export type { EmulatorSettings, Fault, FaultInput, WebhookSettings } from './core/settings.js'
export type {
  CatalogIds,
  ClockReading,
  ClockStep,
  CustomerReference,
  EmulatorControls,
  IngestedEvent,
  Purchase,
  PurchaseInput,
  SeatInvitation,
  SubscriptionPatch,
} from './controls/types.js'
export type {
  EmulatedWebhook,
  EmulatorWebhookEndpoint,
  WebhookEndpointInput,
} from './controls/webhookTypes.js'
