import { createHmac, randomUUID } from 'node:crypto'
import { WEBHOOK_SECRET } from './startBilling.js'

interface Signing {
  /** The webhook's id. */
  id?: string
  secret?: string
  style?: 'standard' | 'legacy'
  /** Seconds by which the sender's clock is off. */
  skew?: number
}

/** Headers as Polar sends them: new secrets sign with their decoded part, old ones with all their characters. */
export function sign(
  body: string,
  { secret = WEBHOOK_SECRET, style = 'standard', skew = 0, id = randomUUID() }: Signing = {},
) {
  const timestamp = Math.floor(Date.now() / 1000) + skew
  const key =
    style === 'standard' ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret)
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  }
}
