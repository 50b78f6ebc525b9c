import { waitFor } from '@testing-library/react'
import { BillingError, type EntitlementOptions, type MeterAmount, useEntitlement } from 'polar-billing-kit'
import { checkFeature } from 'polar-billing-kit/contract'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import { scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type BillingSetup, renderBillingHook } from '../renderWithBilling.js'
import { type Loop, startLoop } from '../startLoop.js'

const loading = { allowed: undefined, reason: 'pending', isPending: true }
const included = { allowed: true, reason: 'included', isPending: false }

/** Every result that was handed out, in order. */
function ask(wanted: string | MeterAmount, setup: BillingSetup, options?: EntitlementOptions) {
  const seen: unknown[] = []
  const { result } = renderBillingHook(() => {
    const answer = useEntitlement(wanted, options)
    seen.push(answer)
    return answer
  }, setup)
  return { seen, result }
}

describe('useEntitlement()', () => {
  it.each([
    ['api', scenarios.active, included],
    ['voices', scenarios.active, { allowed: false, reason: 'not_in_plan', isPending: false }],
    ['api', scenarios.paused, { allowed: false, reason: 'inactive', isPending: false }],
    [{ meter: 'characters' }, scenarios.free, included],
    [
      { meter: 'characters', amount: 101 },
      scenarios.nearLimit,
      { allowed: false, reason: 'limit_reached', isPending: false },
    ],
    [{ meter: 'storage' }, scenarios.free, { allowed: undefined, reason: 'unknown', isPending: false }],
  ] as const)('%j: undefined while loading, then the answer', async (wanted, scenario, answer) => {
    const { seen, result } = ask(wanted, { scenario })
    expect(seen[0]).toEqual(loading)
    await waitFor(() => expect(result.current).toEqual(answer))
    expect(
      seen.every((each) => [loading, answer].some((one) => JSON.stringify(one) === JSON.stringify(each))),
    ).toBe(true)
  })

  it.each([
    ['api', 'getStatus'],
    [{ meter: 'characters' }, 'getUsage'],
  ] as const)('%j asks for %s alone', async (wanted, operation) => {
    const getStatus = vi.fn(async () => scenarios.active.getStatus)
    const getUsage = vi.fn(async () => scenarios.active.getUsage)
    const { result } = ask(wanted, { scenario: { getStatus, getUsage } })
    await waitFor(() => expect(result.current).toEqual(included))
    const asked = { getStatus, getUsage }
    expect(asked[operation]).toHaveBeenCalled()
    expect(getStatus.mock.calls.length * getUsage.mock.calls.length).toBe(0)
  })

  it.each([
    [undefined, undefined],
    ['allow', true],
    ['deny', false],
  ] as const)('nothing is known, whenUnknown %s: %s', async (whenUnknown, allowed) => {
    const { seen, result } = ask('api', { scenario: scenarios.down }, { whenUnknown })
    expect(seen[0]).toEqual(loading)
    await waitFor(() => expect(result.current).toEqual({ allowed, reason: 'unknown', isPending: false }))
  })

  it('a backend that cannot say', async () => {
    const { result } = ask({ meter: 'characters' }, { scenario: { getStatus: scenarios.active.getStatus } })
    await waitFor(() => expect(result.current.reason).toBe('unknown'))
  })

  it('the last known state counts, when it cannot be read again', async () => {
    let isDown = false
    const getStatus = vi.fn(async () => {
      if (isDown) throw new BillingError('SERVICE_UNAVAILABLE', 'Down.')
      return scenarios.active.getStatus
    })
    const { result, seen } = ask('api', { scenario: { getStatus } })
    await waitFor(() => expect(result.current).toEqual(included))
    isDown = true
    const asked = getStatus.mock.calls.length
    window.dispatchEvent(new Event('focus'))
    await waitFor(() => expect(getStatus.mock.calls.length).toBeGreaterThan(asked))
    expect(seen.at(-1)).toEqual(included)
  })

  it('signed out', () => {
    const { result } = ask('api', { organizationId: null })
    expect(result.current).toEqual({ allowed: false, reason: 'signed_out', isPending: false })
  })

  it('a feature without a catalog says what is missing; a meter needs none', async () => {
    const silent = vi.spyOn(console, 'error').mockReturnValue()
    expect(() => ask('api', { catalog: undefined })).toThrow(/<BillingProvider catalog>/)
    silent.mockRestore()
    const { result } = ask({ meter: 'characters' }, { catalog: undefined })
    await waitFor(() => expect(result.current).toEqual(included))
  })
})

describe('useEntitlement() over the real server and the emulator', () => {
  let loop: Loop
  beforeEach(async () => {
    loop = await startLoop('acme')
  })
  afterEach(() => loop.close())

  it('a feature, before and after it was bought', async () => {
    const { result } = ask('api', { transport: loop.transport, catalog: scenarioCatalog })
    await waitFor(() => expect(result.current).toMatchObject({ allowed: false, reason: 'not_in_plan' }))
    loop.emulator.controls.purchase({
      external_customer_id: 'acme',
      product_id: sampleCatalog.products.pro.id,
    })
    // Nobody tells this server of the purchase: it looks again after five minutes.
    await loop.emulator.controls.advanceClock({ seconds: 301 })
    window.dispatchEvent(new Event('focus'))
    await waitFor(() => expect(result.current).toEqual(included))
    // A server asks the same with the same words.
    const status = await loop.billing.service.getStatus({ organizationId: 'acme' })
    expect(checkFeature('api', status, scenarioCatalog)).toEqual({ allowed: true, reason: 'included' })
  })

  it('a meter, up to its limit', async () => {
    await loop.billing.usage.track({
      organizationId: 'acme',
      name: 'tts_generation',
      metadata: { characters: 990 },
    })
    const { result } = ask({ meter: 'characters', amount: 11 }, { transport: loop.transport })
    await waitFor(() => expect(result.current).toMatchObject({ allowed: false, reason: 'limit_reached' }))
  })
})
