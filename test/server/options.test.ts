import { type BillingOptions, createBilling } from 'polar-billing-kit/server'
import { describe, expect, it } from 'vitest'
import { catalog } from './startBilling.js'

const fine: BillingOptions<typeof catalog> = {
  catalog,
  products: { pro: 'prod_pro' },
  gauges: { databases: () => 0 },
  polar: { accessToken: 'polar_oat_test', baseUrl: 'http://127.0.0.1:9' },
  appUrl: 'https://app.example',
  webhookSecret: 'whsec_x',
  authenticate: () => null,
  onEvent: () => undefined,
}

describe('createBilling', () => {
  it('default: starts', () => {
    expect(() => createBilling(fine)).not.toThrow()
  })

  it('names everything that is wrong, at once', () => {
    const wrong = {
      ...fine,
      catalog: { ...catalog, currency: 'usd', defaultPlan: 'fre' },
      products: { gold: 'prod_gold', pro: process.env['NOBODY_SET_THIS'] },
      gauges: {},
      polar: { accessToken: process.env['NOBODY_SET_THIS'] },
      appUrl: '/billing',
      basePath: 'api',
      gracePeriodDays: Number.NaN,
    }
    expect(() => createBilling(wrong as unknown as BillingOptions)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: polar-billing-kit: createBilling cannot start.
      - catalog.defaultPlan "fre" is none of its plans
      - catalog.currency must be an ISO 4217 code in upper case, such as "USD"
      - appUrl must be an absolute http(s) URL, such as "https://app.example", not "/billing"
      - polar.accessToken is missing: an organization access token of Polar
      - basePath must start with "/"
      - gracePeriodDays must be a number of 0 or more
      - products.pro is missing: the id of its product in Polar
      - products.gold is no plan of the catalog
      - gauges.databases is missing: the meter has source "app"]
    `)
  })

  it('a product whose variable is not set is missing, in every form', () => {
    for (const pro of ['', {}, { month: '' }, { month: 'prod_1', year: undefined }]) {
      expect(() => createBilling({ ...fine, products: { pro } })).toThrow('products.pro is missing')
    }
  })

  it('a product of two plans is refused', () => {
    expect(() => createBilling({ ...fine, products: { pro: 'prod_1', team: 'prod_1' } })).toThrow(
      /names prod_1 for both "pro" and "team"/,
    )
  })

  it('types: products and gauges are keyed by the catalog', () => {
    // @ts-expect-error -- no such plan
    void ((): BillingOptions<typeof catalog> => ({ ...fine, products: { gold: 'prod_gold' } }))
    // @ts-expect-error -- the default plan cannot be bought
    void ((): BillingOptions<typeof catalog> => ({ ...fine, products: { free: 'prod_free' } }))
    // @ts-expect-error -- no such meter
    void ((): BillingOptions<typeof catalog> => ({ ...fine, gauges: { storage: () => 0 } }))
  })

  it('numbers and paths that could not work are named', () => {
    const start = (wrong: object) => () => createBilling({ ...fine, ...wrong })
    expect(start({ gracePeriodDays: Infinity })).toThrow('gracePeriodDays')
    expect(start({ returnPath: '/#/billing' })).toThrow('returnPath')
  })
})
