import type { EndpointRow, WebhookEventRow } from '../core/rows.js'
import { SECOND } from '../core/time.js'
import type { World } from '../core/world.js'
import { sign } from './signing.js'

const MAX_RESPONSE_LENGTH = 2_048

/** What became of one attempt. */
export interface Outcome {
  status: number | null
  succeeded: boolean
  response: string | null
}

/** Signs an event and sends it once. */
export async function post(world: World, endpoint: EndpointRow, event: WebhookEventRow): Promise<Outcome> {
  // Receivers check the signature's age against their own clock, so it is made with real time.
  const seconds = Math.floor(Date.now() / SECOND)
  const standard = endpoint.uses_standard_webhook_signature
  try {
    const signature = await sign({
      id: event.id,
      timestamp: seconds,
      body: event.payload,
      secret: endpoint.secret,
      standard,
    })
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'polar.sh webhooks',
        'webhook-id': event.id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signature,
      },
      body: event.payload,
      redirect: 'manual',
      signal: AbortSignal.any([world.end.signal, AbortSignal.timeout(world.webhooks.timeoutMs)]),
    })
    const text = (await response.text()).slice(0, MAX_RESPONSE_LENGTH)
    return { status: response.status, succeeded: response.ok, response: text }
  } catch (error) {
    return { status: null, succeeded: false, response: error instanceof Error ? error.message : null }
  }
}
