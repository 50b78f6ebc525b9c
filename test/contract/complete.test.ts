import { complete, defineCatalog } from 'polar-billing-kit/contract'
import { describe, expect, it } from 'vitest'

const catalog = defineCatalog({
  currency: 'EUR',
  defaultPlan: 'free',
  plans: {
    free: { name: 'Free' },
    pro: { name: 'Pro' },
    enterprise: { name: 'Enterprise', contact: 'mailto:x@example.com' },
  },
  meters: {
    requests: { name: 'Requests', unit: 'requests', field: 'totalRequests' },
    storage: { name: 'Storage', unit: 'GB', field: 'totalStorageGb' },
    characters: { name: 'Characters', unit: 'characters' },
  },
})

const two = defineCatalog({
  currency: 'EUR',
  defaultPlan: 'free',
  plans: { free: { name: 'Free' }, pro: { name: 'Pro' }, team: { name: 'Team' } },
})

describe('complete: getStatus', () => {
  it('Resonance, nothing bought', () => {
    const answer = { hasActiveSubscription: false, customerId: null, estimatedCostCents: 0 }
    expect(complete('getStatus', answer, catalog)).toEqual({
      organizationId: null,
      status: 'none',
      isActive: false,
      isTrial: false,
      planType: null,
      planName: 'Free',
      expiresAt: null,
      hasActiveSubscription: false,
      customerId: null,
      estimatedCostCents: 0,
      cancelAtPeriodEnd: false,
      graceEndsAt: null,
      asOf: null,
      stale: false,
    })
  })

  it('Resonance, subscribed: the only plan that the catalog sells', () => {
    const answer = { hasActiveSubscription: true, customerId: 'cus_1', estimatedCostCents: 120 }
    expect(complete('getStatus', answer, catalog)).toMatchObject({
      status: 'active',
      isActive: true,
      planType: 'pro',
      planName: 'Pro',
      customerId: 'cus_1',
      estimatedCostCents: 120,
    })
  })

  it.each([[two], [undefined]])(
    'Resonance, subscribed: no plan is guessed where there are several, or none',
    (known) => {
      expect(complete('getStatus', { hasActiveSubscription: true }, known)).toMatchObject({
        isActive: true,
        planType: null,
        planName: null,
      })
    },
  )

  it('TerraScale: what is active follows from the status', () => {
    const answer = {
      status: 'trialing',
      isActive: true,
      isTrial: true,
      planType: 'pro',
      expiresAt: '2024-01-31T23:59:59Z',
    } as const
    expect(complete('getStatus', answer, catalog)).toMatchObject({
      ...answer,
      planName: 'Pro',
      hasActiveSubscription: true,
      customerId: null,
      estimatedCostCents: null,
    })
  })

  it('TerraScale: past due is usable as it says, and has no active subscription', () => {
    const answer = { status: 'past_due', isActive: true, planType: 'pro' } as const
    expect(complete('getStatus', answer, catalog)).toMatchObject({
      isActive: true,
      hasActiveSubscription: false,
      planName: 'Pro',
    })
  })

  it('a plan that the catalog does not have keeps its id and gets no name', () => {
    expect(complete('getStatus', { isActive: true, planType: 'gold' }, catalog)).toMatchObject({
      planType: 'gold',
      planName: null,
    })
  })

  it('a plan that is null is not guessed', () => {
    expect(complete('getStatus', { isActive: true, planType: null }, catalog)).toMatchObject({
      planType: null,
      planName: null,
    })
  })

  it('without a catalog nobody is "Free"', () => {
    expect(complete('getStatus', { isActive: false })).toMatchObject({ status: 'none', planName: null })
  })

  it('an answer that says nothing is not "none"', () => {
    expect(complete('getStatus', { customerId: 'cus_1' }, catalog)).toBeNull()
  })

  it.each([
    [false, 'confirmed'],
    [true, 'succeeded'],
  ])('after a checkout that the backend knows nothing of (active: %j)', (isActive, checkout) => {
    expect(complete('getStatus', { isActive }, catalog, { fresh: true })).toMatchObject({ checkout })
    expect(complete('getStatus', { isActive }, catalog)).not.toHaveProperty('checkout')
  })
})

describe('complete: getUsage', () => {
  it('TerraScale: the catalog’s meters from the flat numbers; 0 is a number', () => {
    const answer = { databaseCount: 3, totalStorageGb: 0, totalRequests: 12_345, totalCost: 29 }
    const usage = complete('getUsage', answer, catalog)
    expect(usage).toMatchObject({
      ...answer,
      currency: 'EUR',
      estimatedCostCents: null,
      billingPeriodStart: null,
      stale: false,
    })
    expect(usage?.meters.map(({ key, used }) => [key, used])).toEqual([
      ['requests', 12_345],
      ['storage', 0],
    ])
  })

  it('a limit that nobody named is absent: `null` would promise that there is none', () => {
    const usage = complete('getUsage', { totalRequests: 5 }, catalog)
    expect(usage?.meters).toEqual([
      { key: 'requests', name: 'Requests', unit: 'requests', used: 5, pending: 0 },
    ])
  })

  it('a list of meters is left as it is', () => {
    expect(complete('getUsage', { meters: [] }, catalog)?.meters).toEqual([])
  })
})

describe('complete: getSubscription', () => {
  it('TerraScale: the rest is null', () => {
    const answer = {
      status: 'active',
      subscriptionId: 'sub_1',
      planName: 'Pro',
      amount: 2900,
      currency: 'USD',
    } as const
    expect(complete('getSubscription', answer)).toMatchObject({
      ...answer,
      product: null,
      pendingChange: null,
      seats: null,
      graceEndsAt: null,
    })
  })

  it('the plan’s name is the catalog’s; an amount that nobody named is not 0', () => {
    expect(complete('getSubscription', { status: 'active', planType: 'pro' }, catalog)).toMatchObject({
      planName: 'Pro',
      amount: null,
      currency: null,
    })
  })

  it('nothing bought: the default plan, for nothing, in the catalog’s currency', () => {
    const none = { planType: null, amount: 0 }
    expect(complete('getSubscription', { status: 'none' }, catalog)).toMatchObject({
      ...none,
      planName: 'Free',
      currency: 'EUR',
    })
    expect(complete('getSubscription', { status: 'none' })).toMatchObject({
      ...none,
      planName: null,
      currency: null,
    })
  })
})
