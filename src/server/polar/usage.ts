import type { PolarCore } from '@polar-sh/sdk/2026-10'
import { ingestEvents } from '@polar-sh/sdk/2026-10/services/events'
import type { OutgoingUsage } from '../provider.js'
import { callPolar, rejectedFields } from './callPolar.js'

type Rejected = Map<string, string>

/**
 * Sends a batch. Polar keeps `external_id` unique for ever, so that sending an event again counts it once. One bad event makes it
 * refuse the whole batch: the bad ones are named in the answer, the rest is sent again.
 *
 * @returns the ids that Polar will never take, with its reason
 */
export async function sendUsage(core: PolarCore, events: readonly OutgoingUsage[]): Promise<Rejected> {
  const rejected: Rejected = new Map()
  let rest = [...events]
  while (rest.length > 0) {
    const refused = await ingest(core, rest)
    for (const [id, reason] of refused) rejected.set(id, reason)
    if (refused.size === 0) break
    rest = rest.filter(({ id }) => !refused.has(id))
  }
  return rejected
}

function ingest(core: PolarCore, events: readonly OutgoingUsage[]): Promise<Rejected> {
  return callPolar('Sending usage', async () => {
    try {
      await ingestEvents(core)({ events: events.map(toPolarEvent) })
      return new Map()
    } catch (error) {
      const refused = refusedEvents(error, events)
      if (refused.size === 0) throw error
      return refused
    }
  })
}

/** Reads `body.events.<index>.…` of a validation error. */
function refusedEvents(error: unknown, events: readonly OutgoingUsage[]): Rejected {
  const refused: Rejected = new Map()
  for (const { field, reason } of rejectedFields(error)) {
    const index = /^body\.events\.(\d+)\b/.exec(field)?.[1]
    const event = index === undefined ? undefined : events[Number(index)]
    if (event !== undefined) refused.set(event.id, `${field}: ${reason}`)
  }
  return refused
}

type PolarEvent = Parameters<ReturnType<typeof ingestEvents>>[0]['events'][number]

function toPolarEvent({ id, organizationId, name, metadata, timestamp }: OutgoingUsage): PolarEvent {
  return { external_id: id, external_customer_id: organizationId, name, metadata, timestamp }
}
