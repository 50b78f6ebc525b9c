import { BillingError, createTransport } from 'polar-billing-kit'
import type { Operation, OperationFunction } from 'polar-billing-kit/contract'
import { describe, expect, it, vi } from 'vitest'
import { callTransport } from '../../src/query/config.js'
import { testTransport } from './testTransport.js'

// Any backend: here the service itself, as a server component would call it.
testTransport('custom', ({ billing: { service } }, identity) => {
  const call =
    <Name extends Operation>(operation: Name): OperationFunction<Name> =>
    async (input, options) => {
      await Promise.resolve()
      options?.signal?.throwIfAborted()
      const run = service[operation] as (
        who: typeof identity,
        what: object,
      ) => ReturnType<OperationFunction<Name>>
      return run(identity, input)
    }
  return createTransport({
    getStatus: call('getStatus'),
    getSubscription: call('getSubscription'),
    getUsage: call('getUsage'),
    getUsageHistory: call('getUsageHistory'),
    listPlans: call('listPlans'),
    listOrders: call('listOrders'),
    getInvoice: call('getInvoice'),
    createCheckout: call('createCheckout'),
    createPortalSession: call('createPortalSession'),
    updateSubscription: call('updateSubscription'),
    listSeats: call('listSeats'),
    updateSeats: call('updateSeats'),
  })
})

const failing = (error: unknown) =>
  callTransport(
    {
      transport: createTransport({
        getStatus: () => {
          throw error
        },
      }),
    },
    'getStatus',
  )

describe('createTransport', () => {
  it.each([
    ['a bug, or a fetch of the app’s own', new TypeError('x is undefined'), 'INTERNAL_SERVER_ERROR'],
    ['a timeout', new DOMException('The operation timed out', 'TimeoutError'), 'TIMEOUT'],
    ['an abort', new DOMException('Aborted', 'AbortError'), 'ABORTED'],
    ['HTML that somebody parsed as JSON', new SyntaxError('Unexpected token <'), 'INVALID_RESPONSE'],
    ['an error with a status', Object.assign(new Error('nope'), { status: 403 }), 'FORBIDDEN'],
    ['any other error', new Error('boom'), 'INTERNAL_SERVER_ERROR'],
    ['a string', 'boom', 'INTERNAL_SERVER_ERROR'],
    ['undefined', undefined, 'INTERNAL_SERVER_ERROR'],
  ])('%s becomes a BillingError', async (_name, thrown, code) => {
    await expect(failing(thrown)).rejects.toMatchObject({ name: 'BillingError', code, cause: thrown })
    await expect(failing(thrown)).rejects.toThrow(/^getStatus: /)
  })

  it.each([
    ['some words', new Error('boom'), 'getStatus: boom'],
    ['a sentence', new DOMException('Timed out.', 'TimeoutError'), 'getStatus: Timed out.'],
    ['what advice helps with', new SyntaxError('Unexpected <'), 'getStatus: Unexpected < (check the URL)'],
  ])('the message of %s stays as it is', async (_name, thrown, message) => {
    const error: unknown = await failing(thrown).catch((reason: unknown) => reason)
    expect(error).toHaveProperty('message', message)
  })

  it('a BillingError passes as it is', async () => {
    const error = new BillingError('CONFLICT', 'Already there.')
    await expect(failing(error)).rejects.toBe(error)
  })

  it.each([
    ['a reason of one’s own', new Error('changed my mind')],
    ['a body cut short', new TypeError('terminated')],
  ])('an abort with %s is still ABORTED', async (_name, reason) => {
    const controller = new AbortController()
    const transport = createTransport({
      getStatus: async (_input, options) => {
        controller.abort(reason)
        options?.signal?.throwIfAborted()
        return { isActive: true }
      },
    })
    await expect(callTransport({ transport }, 'getStatus', {}, controller.signal)).rejects.toMatchObject({
      code: 'ABORTED',
    })
  })

  it('what it lacks fails with NOT_IMPLEMENTED, naming it', async () => {
    const transport = createTransport({ getStatus: async () => ({ isActive: true }), getUsage: undefined })
    expect(Object.keys(transport)).toEqual(['getStatus'])
    await expect(callTransport({ transport }, 'getUsage')).rejects.toMatchObject({
      code: 'NOT_IMPLEMENTED',
      status: 501,
      message: 'The transport has no getUsage: add it.',
    })
  })

  it('production trusts the backend, unless it is told to validate', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    const odd = createTransport({ getStatus: async () => ({ isActive: 'yes' }) as never })
    expect(await callTransport({ transport: odd }, 'getStatus')).toEqual({ isActive: 'yes' })
    vi.unstubAllEnvs()
  })

  it('types: an operation that nobody knows, an answer of another shape, a bare object for a transport', () => {
    // @ts-expect-error -- no such operation
    createTransport({ getStats: async () => ({}) })
    // @ts-expect-error -- a status is no number
    createTransport({ getStatus: async () => ({ status: 3 }) })
    // @ts-expect-error -- not made by createTransport
    void callTransport({ transport: { getStatus: async () => ({ isActive: true }) } }, 'getStatus')
  })
})
