import type { PolarEmulator } from 'polar-billing-kit/emulator'
import type { Polar } from './polar.js'

/** What merchants and buyers can do to one organization's subscription, beside buying one. */
export interface Customers {
  /** What the portal's form does. */
  portal(organizationId: string, path: string, fields?: Record<string, string>): Promise<void>
  update(subscriptionId: string, change: object): Promise<void>
  revoke(subscriptionId: string): Promise<void>
  /** Lets the period end now: what the clock does then is Polar's business. */
  endPeriod(subscriptionId: string): void
}

/** Goes into the emulator directly, and as a person, so that it is no call of the servers and takes none from their limit. */
export function createCustomers({ emulator, url }: Pick<Polar, 'emulator' | 'url'>): Customers {
  async function call(method: string, path: string, body?: object): Promise<Response> {
    const response = await emulator.fetch(
      new Request(`${url}${path}`, {
        method,
        headers: { authorization: 'Bearer polar_pat_merchant', 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response
  }

  return {
    portal: async (organizationId, path, fields = {}) => {
      const session = await call('POST', '/v1/customer-sessions/', { external_customer_id: organizationId })
      const { customer_portal_url } = (await session.json()) as { customer_portal_url: string }
      await submit(emulator, customer_portal_url, path, fields)
    },
    update: async (id, change) => void (await call('PATCH', `/v1/subscriptions/${id}`, change)),
    revoke: async (id) => void (await call('DELETE', `/v1/subscriptions/${id}`)),
    endPeriod: (id) => {
      const current_period_end = emulator.now().toISOString()
      emulator.controls.patchSubscription({ id, current_period_end })
    },
  }
}

async function submit(
  emulator: PolarEmulator,
  portalUrl: string,
  path: string,
  fields: Record<string, string>,
): Promise<void> {
  const url = new URL(portalUrl)
  const token = url.searchParams.get('customer_session_token') ?? ''
  const response = await emulator.fetch(
    new Request(url.origin + url.pathname + path, {
      method: 'POST',
      body: new URLSearchParams({ customer_session_token: token, ...fields }),
    }),
  )
  if (response.status >= 400) throw new Error(`The portal answered ${response.status} to ${path}.`)
}
