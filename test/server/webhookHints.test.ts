import { expect, it, vi } from 'vitest'
import type { Reader } from '../../src/server/reader.js'
import { createWebhookHints } from '../../src/server/webhookHints.js'

function start() {
  const read: string[] = []
  const reader = {
    expire: () => undefined,
    knows: (organizationId: string) => organizationId !== 'stranger',
    customer: async (organizationId: string) => void read.push(organizationId),
  }
  const hints = createWebhookHints(reader as unknown as Reader, () => undefined)
  const take = (organizationId: string) => hints.take({ type: 'customer.updated', organizationId })
  /** Reads start in the order of their hints: when this one is read, all before it have been. */
  const readAfter = async (organizationId: string) => {
    await take(organizationId)
    await vi.waitFor(() => expect(read).toContain(organizationId))
    return read
  }
  return { hints, read, take, readAfter }
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

it('after close() they are ignored', async () => {
  const { hints, take, read } = start()
  await take('acme')
  hints.close()
  await take('acme')
  await start().readAfter('last')
  expect(read).toEqual([])
})
