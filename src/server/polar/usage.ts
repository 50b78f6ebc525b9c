import { PolarClientError } from '@polar-sh/sdk'
import type { PolarCore } from '@polar-sh/sdk/2026-10'
import { ingestEvents } from '@polar-sh/sdk/2026-10/services/events'
import { BillingError } from '../../contract/index.js'
import type { OutgoingUsage, UsageReceipt } from '../provider.js'
import { callPolar, reasonOf, rejectedFields } from './callPolar.js'
import { expectNumber } from './expect.js'

type Outgoing = Omit<OutgoingUsage, 'timestamp'> & { timestamp?: string }

interface Fault {
  reason: string
  concernsTimestamp: boolean
}

/** What Polar took, or the faults of events by their place in the batch: then it took none. */
type Answer = { inserted: number } | { faults: ReadonlyMap<number, Fault> }

/**
 * Sends a batch. Polar keeps `external_id` unique for ever, so that sending an event again counts it once. One bad event makes it
 * refuse the whole batch: the bad ones are named in the answer, the rest is sent again.
 */
export async function sendUsage(core: PolarCore, events: readonly OutgoingUsage[]): Promise<UsageReceipt> {
  const rejected = new Map<string, string>()
  let rest: readonly Outgoing[] = events
  while (rest.length > 0) {
    const answer = await callPolar('Sending usage', () => ingest(core, rest))
    if ('inserted' in answer) return { rejected, allKnown: answer.inserted === 0 }
    rest = rest.flatMap((event, index) => {
      const fault = answer.faults.get(index)
      if (fault === undefined) return [event]
      if (fault.concernsTimestamp && event.timestamp !== undefined) return [withoutTimestamp(event)]
      rejected.set(event.id, fault.reason)
      return []
    })
  }
  return { rejected, allKnown: false }
}

async function ingest(core: PolarCore, events: readonly Outgoing[]): Promise<Answer> {
  try {
    const { inserted } = await ingestEvents(core)({ events: events.map(toPolarEvent) })
    return { inserted: expectNumber(inserted) }
  } catch (error) {
    const faults = faultsOf(error, events.length)
    if (faults.size > 0) return { faults }
    if (isRefusalOfAll(error)) throw new BillingError('BAD_REQUEST', reasonOf(error), { cause: error })
    throw error
  }
}

/** Too large, or a fault that no event is named for. */
function isRefusalOfAll(error: unknown): error is PolarClientError {
  return error instanceof PolarClientError && (error.statusCode === 413 || error.statusCode === 422)
}

/** Reads `body.events.<index>.…` of a validation error. */
function faultsOf(error: unknown, count: number): Map<number, Fault> {
  const faults = new Map<number, Fault>()
  for (const { field, reason } of rejectedFields(error)) {
    const index = Number(/^body\.events\.(\d+)\b/.exec(field)?.[1])
    if (!(index < count)) continue
    const known = faults.get(index)
    faults.set(index, {
      reason: [...(known === undefined ? [] : [known.reason]), `${field}: ${reason}`].join('; '),
      concernsTimestamp: known?.concernsTimestamp === true || field.endsWith('.timestamp'),
    })
  }
  return faults
}

// Polar takes none from the future, which a clock ahead of its own writes; without one it takes the time of arrival.
function withoutTimestamp({ timestamp: _future, ...event }: Outgoing): Outgoing {
  return event
}

type PolarEvent = Parameters<ReturnType<typeof ingestEvents>>[0]['events'][number]

function toPolarEvent({ id, organizationId, ...event }: Outgoing): PolarEvent {
  return { external_id: id, external_customer_id: organizationId, ...event }
}
