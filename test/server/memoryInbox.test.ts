import { expect, it, vi } from 'vitest'
import type { Reader } from '../../src/server/reader.js'
import type { BillingService } from '../../src/server/service.js'
import { createMemoryInbox } from '../../src/server/webhooks/createMemoryInbox.js'

function start() {
  const read: string[] = []
  const told: string[] = []
  const reader = {
    expire: () => undefined,
    knows: (organizationId: string) => organizationId !== 'stranger',
    customer: async (organizationId: string) => {
      read.push(organizationId)
      return { stale: false }
    },
  }
  const inbox = createMemoryInbox({
    reader: reader as unknown as Reader,
    service: {} as BillingService,
    handlers: {},
    onEvent: () => undefined,
    tell: async (organizationId, changed) => {
      told.push(`${organizationId} ${changed}`)
    },
  })
  const take = (organizationId: string) =>
    inbox.take({
      id: crypto.randomUUID(),
      type: 'customer.updated',
      organizationId,
      occurredAt: '2026-01-10T12:00:00Z',
      subject: null,
      data: {},
    })
  /** Reads start in the order of their webhooks: when this one is read, all before it have been. */
  const readAfter = async (organizationId: string) => {
    await take(organizationId)
    await vi.waitFor(() => expect(read).toContain(organizationId))
    return read
  }
  return { inbox, told, read, take, readAfter }
}

it('many of a moment cause one refresh', async () => {
  const { take, readAfter } = start()
  for (let count = 0; count < 20; count += 1) await take('acme')
  expect(await readAfter('last')).toEqual(['acme', 'last'])
})

it('one that comes after a refresh causes another', async () => {
  const { take, readAfter } = start()
  await take('acme')
  await readAfter('second')
  await take('acme')
  expect(await readAfter('last')).toEqual(['acme', 'second', 'acme', 'last'])
})

it('one of an organization that nobody has read reads nothing, and is told once', async () => {
  const { take, told, readAfter } = start()
  await take('stranger')
  await take('stranger')
  expect(await readAfter('last')).toEqual(['last'])
  expect(told).toEqual(['stranger status'])
})

it('after close() they are ignored', async () => {
  const { inbox, take, read } = start()
  await take('acme')
  inbox.close()
  await take('acme')
  await start().readAfter('last')
  expect(read).toEqual([])
})
