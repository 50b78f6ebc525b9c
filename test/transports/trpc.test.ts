import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { type AnyTRPCRouter, initTRPC, TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { ROUTES } from 'polar-billing-kit/contract'
import { createBillingRouter } from 'polar-billing-kit/server/trpc'
import { createTrpcTransport } from 'polar-billing-kit/trpc'
import { describe, expect, it } from 'vitest'
import { callTransport } from '../../src/query/config.js'
import { testTransport } from './testTransport.js'

const t = initTRPC.create()

/** Where a client finds a router: here, in this process. */
const at = (router: AnyTRPCRouter) => ({
  url: 'http://app.test/api/trpc',
  fetch: (url: RequestInfo | URL, init?: unknown) =>
    fetchRequestHandler({
      endpoint: '/api/trpc',
      req: new Request(url, init as RequestInit),
      router,
      createContext: () => ({}),
    }),
})

testTransport('tRPC', ({ billing }, identity) => {
  const router = t.router({ billing: createBillingRouter(billing, { identify: () => identity }) })
  const client = createTRPCClient<typeof router>({ links: [httpBatchLink(at(router))] })
  return createTrpcTransport(client.billing, { procedures: 'all' })
})

describe('createTrpcTransport', () => {
  const fails = (code: TRPCError['code'], message: string) =>
    t.procedure.query((): { hasActiveSubscription: boolean } => {
      throw new TRPCError({ code, message })
    })

  /** A transport over a router whose status fails. */
  function over(getStatus: ReturnType<typeof fails>) {
    const router = t.router({ getStatus })
    return createTrpcTransport(createTRPCClient<typeof router>({ links: [httpBatchLink(at(router))] }))
  }

  const empty = t.router({})

  it('defaults to the three procedures of a small router', () => {
    const transport = createTrpcTransport({})
    expect(Object.keys(transport)).toEqual(['getStatus', 'createCheckout', 'createPortalSession'])
  })

  it('parameters: procedures can be all', () => {
    expect(Object.keys(createTrpcTransport({}, { procedures: 'all' })).toSorted()).toEqual(
      Object.keys(ROUTES).toSorted(),
    )
  })

  it('parameters: procedures renames, adds and takes out', async () => {
    const router = t.router({
      creatCheckout: t.procedure.mutation(() => ({ checkoutUrl: 'https://checkout.test' })),
      getUsage: t.procedure.query(() => ({ totalRequests: 3 })),
    })
    const client = createTRPCClient<typeof router>({ links: [httpBatchLink(at(router))] })
    const transport = createTrpcTransport(client, {
      procedures: { createCheckout: 'creatCheckout', getUsage: true, createPortalSession: false },
    })
    expect(await callTransport({ transport }, 'createCheckout')).toEqual({
      checkoutUrl: 'https://checkout.test',
    })
    expect(await callTransport({ transport }, 'getUsage')).toEqual({ totalRequests: 3 })
    await expect(callTransport({ transport }, 'createPortalSession')).rejects.toMatchObject({
      code: 'NOT_IMPLEMENTED',
      message: expect.stringContaining('createPortalSession'),
    })
  })

  it('types: a name that the router does not have', () => {
    const router = t.router({ status: t.procedure.query(() => ({ isActive: true })) })
    const client = createTRPCClient<typeof router>({ links: [httpBatchLink(at(router))] })
    // @ts-expect-error -- no such procedure
    createTrpcTransport(client, { procedures: { getStatus: 'state' } })
    createTrpcTransport(client, { procedures: { getStatus: 'status' } })
  })

  it('a procedure that the router lacks: NOT_IMPLEMENTED, naming it', async () => {
    const client = createTRPCClient<typeof empty>({ links: [httpBatchLink(at(empty))] })
    const transport = createTrpcTransport<object>(client, { procedures: { getUsage: true } })
    await expect(callTransport({ transport }, 'getUsage')).rejects.toMatchObject({
      code: 'NOT_IMPLEMENTED',
      message: expect.stringMatching(/getUsage.*take it out of `procedures`/),
    })
  })

  it('a NOT_FOUND of the procedure itself stays one', async () => {
    const transport = over(fails('NOT_FOUND', 'No such checkout'))
    await expect(callTransport({ transport }, 'getStatus')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'No such checkout',
    })
  })

  it('a code that only tRPC has becomes INTERNAL_SERVER_ERROR', async () => {
    const transport = over(fails('PRECONDITION_FAILED', 'no'))
    await expect(callTransport({ transport }, 'getStatus')).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'no',
    })
  })

  it('a code that every object has is none', async () => {
    const client = {
      getStatus: {
        query: async () => {
          throw Object.assign(new Error('no'), { data: { code: 'constructor' } })
        },
      },
    }
    await expect(
      callTransport({ transport: createTrpcTransport(client) }, 'getStatus'),
    ).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500 })
  })

  it('no answer at all: NETWORK_ERROR', async () => {
    const client = createTRPCClient<typeof empty>({
      links: [httpBatchLink({ url: 'http://127.0.0.1:9/api/trpc' })],
    })
    const transport = createTrpcTransport(client)
    await expect(callTransport({ transport }, 'getStatus')).rejects.toMatchObject({
      code: 'NETWORK_ERROR',
      status: 0,
    })
  })

  it('HTML instead of tRPC: NETWORK_ERROR that says so', async () => {
    const client = createTRPCClient<typeof empty>({
      links: [httpBatchLink({ url: 'http://app.test', fetch: async () => new Response('<!doctype html>') })],
    })
    await expect(
      callTransport({ transport: createTrpcTransport(client) }, 'getStatus'),
    ).rejects.toMatchObject({
      code: 'NETWORK_ERROR',
      message: expect.stringContaining('Check the network and the link'),
    })
  })
})
