import type { webhooks } from '@polar-sh/sdk/2026-10'
import type { WithoutSecrets } from './withoutSecrets.js'

type Payload = webhooks.WebhookPayload

/** What Polar tells of, such as `subscription.past_due`. */
export type WebhookType = Payload['type']

/** What it tells: Polar's own object, without the fields that open doors. */
export type WebhookData<Type extends WebhookType> = WithoutSecrets<Extract<Payload, { type: Type }>['data']>
