import { createServiceTransport } from 'polar-billing-kit/service'
import { describe, expect, it } from 'vitest'
import { testTransport } from './testTransport.js'

testTransport('service', ({ billing }, identity) => createServiceTransport(billing.service, identity))

describe('createServiceTransport', () => {
  it('has the operations of the service, and no others', () => {
    const transport = createServiceTransport({ getStatus: async () => ({ isActive: false }) }, null)
    expect(Object.keys(transport)).toEqual(['getStatus'])
  })
})
