import { screen, waitFor } from '@testing-library/react'
import {
  defineCatalog,
  PlanBadge,
  PortalButton,
  useBillingStatus,
  useCheckout,
  usePortal,
  useSubscription,
  useUsage,
  UsageMeter,
} from 'polar-billing-kit'
import { validateAnswer } from 'polar-billing-kit/contract'
import { createRestTransport } from 'polar-billing-kit/rest'
import { act } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { renderBillingHook, renderWithBilling } from '../renderWithBilling.js'

// The JSON that TerraScale's backend answers, to the letter.

const PAYMENT_INFO = `{
  "organizationId": "org_abc123", "subscriptionId": "sub_abc123", "status": "active", "planName": "Pro", "amount": 2900, "currency": "USD",
  "currentPeriodStart": "2024-01-01T00:00:00Z", "currentPeriodEnd": "2024-01-31T23:59:59Z", "trialStart": null, "trialEnd": null,
  "cancelAtPeriodEnd": false,
  "product": {
    "id": "prod_abc123", "name": "Pro", "description": "For growing teams", "recurringInterval": "month",
    "prices": [{ "id": "price_abc123", "amount": 2900, "currency": "USD", "type": "recurring", "recurringInterval": "month" }],
    "benefits": [{ "id": "ben_abc123", "type": "feature", "description": "Unlimited databases" }]
  },
  "latestOrder": {
    "id": "ord_abc123", "status": "completed", "paid": true, "amount": 2900, "currency": "USD", "invoiceNumber": "INV-001",
    "invoicePdfUrl": "https://polar.sh/invoices/inv_abc123.pdf", "createdAt": "2024-01-01T00:00:00Z"
  }
}`
const QUICK_STATUS = `{ "status": "active", "isActive": true, "isTrial": false, "planType": "pro", "expiresAt": "2024-01-31T23:59:59Z" }`
const USAGE = `{
  "databaseCount": 3, "totalStorageGb": 1.5, "totalRequests": 45231, "totalCost": 29.00,
  "billingPeriodStart": "2024-01-01T00:00:00Z", "billingPeriodEnd": "2024-02-01T00:00:00Z",
  "periodStart": "2024-01-01T00:00:00Z", "periodEnd": "2024-01-31T23:59:59Z", "generatedAt": "2024-01-15T12:00:00Z"
}`
const CHECKOUT = `{ "checkoutId": "chk_abc123", "checkoutUrl": "https://polar.sh/checkout/abc123", "productId": "prod_abc123", "productName": "Pro" }`
const PORTAL = `{ "portalUrl": "https://polar.sh/portal/abc123", "expiresAt": "2024-01-01T01:00:00Z" }`

const ROUTES = {
  getStatus: 'GET /payment/status',
  getSubscription: 'GET /payment/info',
  getUsage: 'GET /usage',
  createCheckout: 'POST /payment/checkout',
  createPortalSession: 'GET /payment/portal',
} as const

const ANSWERS: Record<string, string> = {
  'GET /payment/status': QUICK_STATUS,
  'GET /payment/info': PAYMENT_INFO,
  'GET /usage': USAGE,
  'POST /payment/checkout': CHECKOUT,
  'GET /payment/portal': PORTAL,
}

const catalog = defineCatalog({
  currency: 'USD',
  defaultPlan: 'free',
  plans: { free: { name: 'Free' }, pro: { name: 'Pro' }, enterprise: { name: 'Enterprise' } },
  meters: {
    databases: { name: 'Databases', unit: 'databases', field: 'databaseCount' },
    storage: { name: 'Storage', unit: 'GB', field: 'totalStorageGb' },
    requests: { name: 'Requests', unit: 'requests', field: 'totalRequests' },
  },
})

const transport = createRestTransport({
  baseUrl: 'https://api.terrascale.test',
  headers: { authorization: 'Bearer jwt' },
  routes: ROUTES,
  validate: validateAnswer,
  fetch: async (url, init) =>
    new Response(ANSWERS[`${init?.method} ${new URL(url as string).pathname}`] ?? '', { status: 200 }),
})
const setup = { transport, catalog, organizationId: 'org_abc123' }

describe('TerraScale’s JSON through REST, hooks and components', () => {
  it('payment info', async () => {
    const { result } = renderBillingHook(() => useSubscription(), setup)
    await waitFor(() => expect(result.current.data).toMatchObject(JSON.parse(PAYMENT_INFO) as object))
    expect(result.current.data).toMatchObject({ pendingChange: null, seats: null, graceEndsAt: null })
  })

  it('quick status', async () => {
    const { result } = renderBillingHook(() => useBillingStatus(), setup)
    await waitFor(() => expect(result.current.data).toMatchObject(JSON.parse(QUICK_STATUS) as object))
    expect(result.current.data).toMatchObject({
      planName: 'Pro',
      hasActiveSubscription: true,
      customerId: null,
    })
  })

  it('usage: its flat numbers, and a meter for each', async () => {
    const { result } = renderBillingHook(() => useUsage(), setup)
    await waitFor(() => expect(result.current.data).toMatchObject(JSON.parse(USAGE) as object))
    expect(result.current.data?.meters.map(({ key, used }) => [key, used])).toEqual([
      ['databases', 3],
      ['storage', 1.5],
      ['requests', 45_231],
    ])
  })

  it('checkout and portal', async () => {
    const { result } = renderBillingHook(
      () => ({ checkout: useCheckout({ redirect: false }), portal: usePortal({ redirect: false }) }),
      setup,
    )
    await act(() => result.current.checkout.mutateAsync({ planType: 'pro' }))
    await act(() => result.current.portal.mutateAsync())
    await waitFor(() => expect(result.current.checkout.data).toEqual(JSON.parse(CHECKOUT)))
    expect(result.current.portal.data).toEqual(JSON.parse(PORTAL))
  })

  it('components', async () => {
    renderWithBilling(
      <>
        <PlanBadge />
        <UsageMeter meter="requests" />
        <UsageMeter meter="storage" />
        <PortalButton />
      </>,
      setup,
    )
    expect(await screen.findByText('Pro')).toBeTruthy()
    expect(await screen.findByText('45,231 requests')).toBeTruthy()
    expect(await screen.findByText('1.5 GB')).toBeTruthy()
    expect(await screen.findByRole('button', { name: 'Manage billing' })).toBeTruthy()
  })
})
