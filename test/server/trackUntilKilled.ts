import { Pool } from 'pg'
import { createBilling } from 'polar-billing-kit/server'

// A process of its own for the tests: records usage without end, and says each key once it was acknowledged.

const [connectionString, baseUrl = '', name = ''] = process.argv.slice(2)

const billing = createBilling({
  catalog: { currency: 'USD', defaultPlan: 'free', plans: { free: { name: 'Free' } } },
  products: {},
  polar: { accessToken: 'polar_oat_test', baseUrl },
  appUrl: 'http://localhost',
  authenticate: () => null,
  onEvent: () => undefined,
  // The clock of the emulator.
  now: () => new Date('2026-01-10T12:00:00Z'),
  database: new Pool({ connectionString }),
})

async function track(caller: number): Promise<void> {
  for (let count = 0; ; count += 1) {
    const key = `${name}-${caller}-${count}`
    await billing.usage.track({ organizationId: 'acme', name: 'request', metadata: { key } })
    console.log(key)
  }
}

await Promise.all(Array.from({ length: 10 }, (_, caller) => track(caller)))
