import type { models } from '@polar-sh/sdk/2026-10'
import type { Context } from 'hono'
import { announceCheckout, checkoutBySecret } from '../billing/checkouts.js'
import { confirmCheckout, declineCheckout, payCheckout, assertOpen } from '../billing/checkoutPayment.js'
import { checkoutTerms } from '../billing/checkoutTerms.js'
import { ApiError, invalid } from '../core/errors.js'
import type { CheckoutRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { toCheckout, toPublicCheckout } from '../serialize/checkout.js'
import { openCheckout } from './checkoutCreate.js'
import { checkoutConfirm, checkoutCreate, checkoutUpdate, checkoutUpdatePublic } from './checkoutSchemas.js'
import { applyUpdate } from './checkoutUpdate.js'
import { type Mount, found, pathId } from './http.js'
import { listed, oneOf } from './lists.js'
import { Query } from './query.js'
import { readBody } from './validation.js'

const sorting = {
  created_at: (row: CheckoutRow) => Date.parse(row.created_at),
  expires_at: (row: CheckoutRow) => Date.parse(row.expires_at),
  status: (row: CheckoutRow) => row.status,
}

export const mountCheckouts: Mount = (api, world) => {
  const { checkouts } = world.db
  const bySecret = (c: Context) => found(checkoutBySecret(world, c.req.param('client_secret') ?? ''))

  api.get('/checkouts/', (c) => {
    const query = new Query(c)
    const rows = Array.from(checkouts.values()).filter((row) => isListed(query, row))
    return c.json(listed(query, rows, sorting, '-created_at', (row) => toCheckout(world, row)))
  })
  api.post('/checkouts/', async (c) => {
    const row = openCheckout(world, await readBody(c, checkoutCreate))
    return c.json(toCheckout(world, row), 201)
  })
  api.get('/checkouts/client/:client_secret', (c) => {
    const row = bySecret(c)
    assertNotExpired(row)
    return c.json(toPublicCheckout(world, row))
  })
  api.patch('/checkouts/client/:client_secret', async (c) => {
    const row = bySecret(c)
    assertOpen(row)
    applyUpdate(world, row, await readBody(c, checkoutUpdatePublic))
    announceCheckout(world, row)
    return c.json(toPublicCheckout(world, row))
  })
  api.post('/checkouts/client/:client_secret/confirm', async (c) => {
    const row = bySecret(c)
    const body = await readBody(c, checkoutConfirm)
    assertOpen(row)
    applyUpdate(world, row, body)
    return c.json(confirm(world, row, body.confirmation_token_id ?? null))
  })
  api.get('/checkouts/:id', (c) => c.json(toCheckout(world, found(checkouts.get(pathId(c))))))
  api.patch('/checkouts/:id', async (c) => {
    const row = found(checkouts.get(pathId(c)))
    const body = await readBody(c, checkoutUpdate)
    if (row.status !== 'open')
      throw new ApiError(403, 'NotOpenCheckout', 'This checkout session is not open.')
    applyUpdate(world, row, body)
    announceCheckout(world, row)
    return c.json(toCheckout(world, row))
  })
}

/** A confirmation token that holds `decline` stands for a card that is declined. */
function confirm(world: World, row: CheckoutRow, token: string | null): models.CheckoutPublicConfirmed {
  if (token === null && checkoutTerms(world, row).needsCard) {
    throw invalid('confirmation_token_id', 'Confirmation token is required.', null)
  }
  if (row.customer_id === null && row.customer_email === null) {
    throw invalid('customer_email', 'Field required', null)
  }
  confirmCheckout(world, row)
  if (token?.includes('decline') === true) {
    declineCheckout(world, row)
    throw new ApiError(400, 'PaymentError', 'Your card was declined.')
  }
  const answer: models.CheckoutPublicConfirmed = {
    ...toPublicCheckout(world, row),
    status: 'confirmed',
    customer_session_token: row.sessionToken,
  }
  payCheckout(world, row)
  return answer
}

function assertNotExpired(row: CheckoutRow): void {
  if (row.status === 'expired') {
    throw new ApiError(410, 'ExpiredCheckoutError', 'This checkout session has expired.')
  }
}

function isListed(query: Query, row: CheckoutRow): boolean {
  return (
    oneOf(query.all('status'), row.status) &&
    oneOf(query.all('product_id'), row.productId) &&
    oneOf(query.all('customer_id'), row.customer_id) &&
    oneOf(query.all('external_customer_id'), row.external_customer_id)
  )
}
