import { isBillingError } from '../../contract/index.js'
import type { OnEvent } from '../events.js'
import type { Delivered } from './deliver.js'
import type { OutboxOptions } from './outbox.js'
import type { AcceptedUsage } from './recentUsage.js'

type Listeners = Pick<OutboxOptions, 'onEvent' | 'onDelivered' | 'onResent' | 'onRetracted'>

/** Tells what became of events, and gives those that add nothing. */
export function reportDelivered(
  { events, rejected, old, resent }: Delivered,
  listeners: Listeners,
): AcceptedUsage[] {
  const { onEvent, onDelivered, onResent, onRetracted } = listeners
  const retracted = events.filter((accepted) => rejected.has(accepted.event.id) || old.has(accepted))
  for (const { event } of retracted) {
    const { id, organizationId, name } = event
    onRetracted(organizationId)
    const message = rejected.get(id)
    if (message !== undefined) onEvent({ type: 'usage_rejected', organizationId, name, message })
  }
  for (const organizationId of organizationsOf(resent)) onResent(organizationId)
  for (const organizationId of organizationsOf(events)) onDelivered(organizationId)
  return retracted
}

function organizationsOf(events: readonly AcceptedUsage[]): ReadonlySet<string> {
  return new Set(events.map(({ event }) => event.organizationId))
}

/** Tells that a batch waits on. */
export function reportFailure(error: unknown, delay: number, onEvent: OnEvent): void {
  const code = isBillingError(error) ? error.code : null
  const message = error instanceof Error ? error.message : String(error)
  onEvent({ type: 'usage_delivery_failed', code, message, retryInMs: Math.round(delay) })
}
