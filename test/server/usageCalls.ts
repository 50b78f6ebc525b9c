import { expect } from 'vitest'
import type { Running } from './startBilling.js'

export async function usageOf(running: Running, organizationId: string) {
  const { status, body } = await running.as(organizationId).get('/usage')
  expect(status).toBe(200)
  return body
}

export async function charactersOf(running: Running, organizationId: string) {
  const { meters } = await usageOf(running, organizationId)
  return meters.find(({ key }: { key: string }) => key === 'characters')
}

export const generate = (
  { billing }: Pick<Running, 'billing'>,
  organizationId: string,
  characters: number,
  idempotencyKey?: string,
) => billing.usage.track({ organizationId, name: 'tts_generation', metadata: { characters }, idempotencyKey })

export async function buyPro({ emulator, products }: Running, organizationId: string) {
  const purchase = emulator.controls.purchase({
    external_customer_id: organizationId,
    product_id: products['pro'] ?? '',
  })
  await emulator.controls.settle()
  return purchase
}

/** The events that Polar has. */
export const arrived = ({ emulator }: Running) => emulator.controls.listEvents().events

export const sends = ({ polarCalls }: Running) =>
  polarCalls.filter((call) => call === 'POST /v1/events/ingest').length

/** The next batch arrives, and its answer gets lost: it stalls for longer than anybody waits. */
export const loseNextAnswer = ({ emulator }: Running) =>
  emulator.controls.addFault({ path: '/events/ingest', body: 'slow', times: 1 })
