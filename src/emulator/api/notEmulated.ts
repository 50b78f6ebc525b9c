import { notEmulated } from '../core/errors.js'
import type { Mount } from './http.js'

/** Parts of Polar's API of which nothing is emulated. */
const RESOURCES = [
  'benefits',
  'checkout-links',
  'custom-fields',
  'customer-portal',
  'discounts',
  'disputes',
  'event-types',
  'files',
  'license-keys',
  'metrics',
  'oauth2',
  'organizations',
  'payments',
  'refunds',
]

/** Routes that are missing in the others. */
const ROUTES: Readonly<Record<string, readonly string[]>> = {
  GET: [
    '/checkouts/client/:client_secret/stream',
    '/customer-seats/claim/:invitation_token/stream',
    '/customers/export',
    '/customers/:id/payment-methods',
    '/customers/external/:external_id/payment-methods',
    '/events/names',
    '/orders/export',
    '/subscriptions/export',
  ],
  POST: [
    '/customers/:id/members',
    '/customers/external/:external_id/members',
    '/meters/',
    '/orders/',
    '/orders/:id/finalize',
    '/products/',
    '/products/:id/benefits',
  ],
  PATCH: ['/meters/:id', '/orders/:id', '/products/:id'],
  DELETE: ['/products/:id'],
  ALL: ['/customers/:id/members/:member_id', '/customers/external/:external_id/members/:member_id'],
}

/** Whoever uses a part that is not emulated is told so, instead of looking for a mistake of its own. */
export const mountNotEmulated: Mount = (api) => {
  const refuse = (path: string) => () => {
    throw notEmulated(`/v1${path}`)
  }
  for (const name of RESOURCES) {
    api.all(`/${name}`, refuse(`/${name}`))
    api.all(`/${name}/:path{.*}`, refuse(`/${name}`))
  }
  for (const [method, paths] of Object.entries(ROUTES)) {
    for (const path of paths) api.on(method, path, refuse(path))
  }
}
