import { createTRPCClient, unstable_localLink } from '@trpc/client'
import { BillingError, type Operation } from 'polar-billing-kit/contract'
import type { Authorize, BillingOptions, Identity } from 'polar-billing-kit/server'
import { createBillingRouter } from 'polar-billing-kit/server/trpc'
import { afterEach, describe, expect, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'

declare module 'polar-billing-kit/server' {
  interface Identity {
    role?: 'admin' | 'member'
  }
}

let running: Running
afterEach(() => running.close())

const start = async (authorize: BillingOptions['authorize']) => {
  running = await startBilling({ billing: { authorize } })
}
const onlyAdminsBuy: Authorize = (operation, { role }) => operation.startsWith('get') || role === 'admin'
const member: Identity = { organizationId: 'acme', role: 'member' }
const admin: Identity = { organizationId: 'acme', role: 'admin' }
const pro = { planType: 'pro' } as const

/** A caller over tRPC. */
function clientFor(identity: Identity | null) {
  const router = createBillingRouter(running.billing, { identify: () => identity })
  return createTRPCClient<typeof router>({
    links: [unstable_localLink({ router, createContext: async () => ({}) })],
  })
}

describe('authorize', () => {
  it('lets an app allow only admins to buy, over REST', async () => {
    await start(onlyAdminsBuy)
    const { status, body } = await running.as(member).post('/checkout', pro)
    expect(status).toBe(403)
    expect(body.error).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('You may not do this for your organization (createCheckout)'),
    })
    expect((await running.as(member).post('/portal')).status).toBe(403)
    expect((await running.as(member).post('/subscription', { action: 'cancel' })).status).toBe(403)
    expect((await running.as(member).get('/status')).status).toBe(200)
    expect(running.polarCalls).not.toContain('POST /v1/checkouts/')
    expect((await running.as(admin).post('/checkout', pro)).status).toBe(200)
  })

  it('over tRPC and in direct calls alike', async () => {
    await start(onlyAdminsBuy)
    await expect(clientFor(member).createCheckout.mutate(pro)).rejects.toMatchObject({
      data: { code: 'FORBIDDEN' },
    })
    expect(await clientFor(admin).createCheckout.mutate(pro)).toHaveProperty('checkoutUrl')
    const { service } = running.billing
    await expect(service.createCheckout(member, pro)).rejects.toMatchObject({
      name: 'BillingError',
      code: 'FORBIDDEN',
    })
    expect(await service.createCheckout(admin, pro)).toHaveProperty('checkoutUrl')
  })

  it('is asked for every operation with the identity as the app gave it, but not for the public prices', async () => {
    const asked: [Operation, Identity][] = []
    await start(async (operation, identity) => {
      asked.push([operation, identity])
      return true
    })
    const reads = ['/status', '/subscription', '/usage', '/usage/history', '/plans', '/orders', '/seats']
    for (const path of reads) await running.as(member).get(path)
    for (const path of ['/checkout', '/portal', '/subscription', '/seats', '/orders/ord_1/invoice'])
      await running.as(member).post(path)
    expect(asked).toEqual(
      [
        'getStatus',
        'getSubscription',
        'getUsage',
        'getUsageHistory',
        'listOrders',
        'listSeats',
        'createCheckout',
        'createPortalSession',
        'updateSubscription',
        'updateSeats',
        'getInvoice',
      ].map((operation) => [operation, member]),
    )
  })

  it('is asked neither for strangers nor for who has no organization, and before the input is looked at', async () => {
    let asked = 0
    await start(() => {
      asked += 1
      return false
    })
    expect((await running.as(null).post('/checkout', pro)).status).toBe(401)
    expect((await running.as({ organizationId: null }).post('/checkout', pro)).status).toBe(403)
    expect(asked).toBe(0)
    expect((await running.as(member).post('/checkout', { planType: 3 })).status).toBe(403)
    expect(asked).toBe(1)
  })

  it('opens with a clear yes alone', async () => {
    let answer: unknown
    await start(() => answer as boolean)
    for (answer of [undefined, null, 1, 'yes', {}]) {
      expect((await running.as(admin).get('/status')).status, String(answer)).toBe(403)
    }
  })

  it('a BillingError that it throws passes', async () => {
    await start(() => {
      throw new BillingError('NOT_FOUND', 'This project has been deleted.')
    })
    expect((await running.as(admin).get('/status')).body.error).toMatchObject({
      code: 'NOT_FOUND',
      message: 'This project has been deleted.',
    })
    await expect(running.billing.service.getStatus(admin)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('any other failure is ours, and its reason goes to the log alone', async () => {
    await start(async () => {
      throw new Error('connect ECONNREFUSED postgres://user:hunter2@db')
    })
    const { status, body } = await running.as(admin).get('/status')
    expect(status).toBe(500)
    expect(JSON.stringify(body)).not.toContain('hunter2')
    await expect(running.billing.service.getStatus(admin)).rejects.toMatchObject({
      name: 'BillingError',
      code: 'INTERNAL_SERVER_ERROR',
      cause: { message: expect.stringContaining('hunter2') },
    })
    expect(running.events).toContainEqual(
      expect.objectContaining({ code: 'INTERNAL_SERVER_ERROR', cause: expect.any(Error) }),
    )
  })

  it('default: every member may do everything', async () => {
    await start(undefined)
    expect((await running.as(member).post('/checkout', pro)).status).toBe(200)
  })
})
