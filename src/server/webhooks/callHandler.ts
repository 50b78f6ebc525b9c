import { BillingError } from '../../contract/index.js'
import type { Webhook } from '../provider.js'
import type { BillingService } from '../service.js'
import type { WebhookContext, WebhookEvent, WebhookHandlers } from './handlers.js'

type Handler = (event: WebhookEvent, context: WebhookContext) => void | Promise<void>

/** What was kept of a webhook is enough for its handler. */
export type HandledWebhook = Pick<Webhook, 'id' | 'type' | 'organizationId' | 'occurredAt' | 'data'>

export function hasHandler(handlers: WebhookHandlers, type: string): boolean {
  return handlerOf(handlers, type) !== undefined
}

function handlerOf(handlers: WebhookHandlers, type: string): Handler | undefined {
  // The type of an event and its data belong together: which is which only the provider knows.
  return Object.hasOwn(handlers, type) ? (handlers as Record<string, Handler | undefined>)[type] : undefined
}

/** @throws what the handler throws; BillingError `NOT_IMPLEMENTED` if only another release of the app has one */
export async function callHandler(
  handlers: WebhookHandlers,
  { id, type, organizationId, occurredAt, data }: HandledWebhook,
  { attempt, service }: { attempt: number; service: BillingService },
): Promise<void> {
  const handler = handlerOf(handlers, type)
  if (handler === undefined)
    throw new BillingError('NOT_IMPLEMENTED', `This process has no handler of ${type}.`)
  const event = { id, type, organizationId, occurredAt: new Date(occurredAt).toISOString(), data }
  await handler(event as WebhookEvent, {
    attempt,
    status: async () => {
      if (organizationId === null)
        throw new BillingError('NOT_FOUND', `The event ${id} (${type}) concerns no organization.`)
      return service.getStatus({ organizationId })
    },
  })
}
