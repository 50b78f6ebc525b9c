import { createHmac, randomUUID } from 'node:crypto'
import { WEBHOOK_SECRET } from './startBilling.js'

/** The headers with which Polar would send this body now, under a new id or once more under an old one. */
export function signWebhook(body: string, id: string = randomUUID()): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1_000)
  const key = Buffer.from(WEBHOOK_SECRET.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  }
}
