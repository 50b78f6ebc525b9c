import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { BillingError } from 'polar-billing-kit/contract'
import type { PaymentProvider } from '../../src/server/paymentProvider.js'
import type { OutgoingUsage } from '../../src/server/provider.js'
import { createMemoryOutbox } from '../../src/server/usage/createMemoryOutbox.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const eventOf = (id: number, metadata: OutgoingUsage['metadata'] = {}): OutgoingUsage => ({
  id: String(id),
  organizationId: 'acme',
  name: 'request',
  metadata,
  timestamp: '2026-01-10T12:00:00.000Z',
})

function start(sendUsage: PaymentProvider['sendUsage']) {
  const onEvent = vi.fn()
  const ignore = () => undefined
  const outbox = createMemoryOutbox({
    provider: { sendUsage },
    now: () => new Date(),
    onEvent,
    onDelivered: ignore,
    onResent: () => undefined,
    onRetracted: ignore,
  })
  return { outbox, onEvent }
}

const taken = { rejected: new Map<string, string>(), allKnown: false }

it('new events do not cut short the time for which the provider wants to be left alone', async () => {
  let fail: (error: unknown) => void = () => undefined
  const sendUsage = vi.fn<PaymentProvider['sendUsage']>(async () => taken)
  sendUsage.mockImplementationOnce(
    () =>
      new Promise((_resolve, reject) => {
        fail = reject
      }),
  )
  const { outbox } = start(sendUsage)
  await outbox.accept([eventOf(1)])
  await vi.advanceTimersByTimeAsync(100)
  await outbox.accept([eventOf(2)])
  fail(new BillingError('SERVICE_UNAVAILABLE', 'Not now', { retryAfter: 60 }))
  await vi.advanceTimersByTimeAsync(30_000)
  await outbox.accept([eventOf(3)])
  await vi.advanceTimersByTimeAsync(29_000)
  expect(sendUsage).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(sendUsage.mock.lastCall?.[0].map(({ id }) => id)).toEqual(['1', '2', '3'])
})

it('a provider that is back is sent new events at once again', async () => {
  const sendUsage = vi.fn<PaymentProvider['sendUsage']>(async () => taken)
  sendUsage.mockRejectedValueOnce(new BillingError('SERVICE_UNAVAILABLE', 'Not now', { retryAfter: 60 }))
  const { outbox } = start(sendUsage)
  await outbox.accept([eventOf(1)])
  await vi.advanceTimersByTimeAsync(100)
  await outbox.flush()
  await outbox.accept([eventOf(2)])
  await vi.advanceTimersByTimeAsync(100)
  expect(sendUsage).toHaveBeenCalledTimes(3)
})

it('a call has at most 1,000 events and 1 MB', async () => {
  const batches: (readonly OutgoingUsage[])[] = []
  const { outbox } = start(async (events) => {
    batches.push(events)
    return taken
  })
  for (let id = 0; id < 1_500; id += 1) await outbox.accept([eventOf(id)])
  // Two bytes a character.
  for (let id = 1_500; id < 1_505; id += 1) await outbox.accept([eventOf(id, { note: 'é'.repeat(200_000) })])
  await outbox.flush()
  expect(batches.map(({ length }) => length)).toEqual([1_000, 502, 2, 1])
})

it('one event that is refused without being named holds up no other', async () => {
  const delivered: string[] = []
  const { outbox, onEvent } = start(async (events) => {
    if (events.some(({ id }) => id === '42')) throw new BillingError('BAD_REQUEST', 'Something is wrong')
    delivered.push(...events.map(({ id }) => id))
    return taken
  })
  for (let id = 0; id < 100; id += 1) await outbox.accept([eventOf(id)])
  await outbox.flush()
  expect(delivered).toHaveLength(99)
  expect(onEvent.mock.calls).toEqual([
    [expect.objectContaining({ type: 'usage_rejected', message: 'Something is wrong' })],
  ])
})

it('what arrived of a batch in parts is not sent again when the rest fails', async () => {
  const sent: string[][] = []
  const { outbox } = start(async (events) => {
    sent.push(events.map(({ id }) => id))
    if (events.length > 1) throw new BillingError('BAD_REQUEST', 'Too large')
    if (sent.length === 3) throw new BillingError('SERVICE_UNAVAILABLE', 'Not now')
    return taken
  })
  await outbox.accept([eventOf(1)])
  await outbox.accept([eventOf(2)])
  await expect(outbox.flush()).rejects.toThrow('Not now')
  await outbox.flush()
  expect(sent).toEqual([['1', '2'], ['1'], ['2'], ['2']])
})

it('what the provider had before adds nothing, also where it takes the batch only in parts', async () => {
  const { outbox } = start(async (events) => {
    if (events.length > 1) throw new BillingError('BAD_REQUEST', 'Too large')
    return { ...taken, allKnown: true }
  })
  await outbox.accept([eventOf(1)])
  await outbox.accept([eventOf(2)])
  await outbox.flush()
  expect(await outbox.recentOf('acme', new Date())).toEqual([])
})
