import type { models } from '@polar-sh/sdk/2026-10'
import type { Context } from 'hono'
import { announceCheckout } from '../billing/checkouts.js'
import { assertNotExpired, assertOpen } from '../billing/checkoutGuards.js'
import { confirmCheckout, declineCheckout, payCheckout } from '../billing/checkoutPayment.js'
import { checkoutTerms } from '../billing/checkoutTerms.js'
import { ApiError, invalid } from '../core/errors.js'
import type { CheckoutRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { toCheckout, toPublicCheckout } from '../serialize/checkout.js'
import { readBody } from './body.js'
import { createCheckout } from './checkoutCreate.js'
import { checkoutConfirm, checkoutCreate, checkoutUpdate, checkoutUpdatePublic } from './checkoutSchemas.js'
import { applyUpdate } from './checkoutUpdate.js'
import { type Mount, found, pathId } from './http.js'
import { listed, oneOf } from './lists.js'
import { Query } from './query.js'

const STATUSES: readonly models.CheckoutStatus[] = ['open', 'expired', 'confirmed', 'succeeded', 'failed']

export const mountCheckouts: Mount = (api, world) => {
  const { checkouts, checkoutsBySecret } = world.db
  const bySecret = (c: Context) => found(checkoutsBySecret.get(c.req.param('client_secret') ?? ''))

  api.get('/checkouts/', (c) => {
    const query = new Query(c)
    const rows = Array.from(checkouts.values()).filter(checkoutFilter(query))
    return c.json(listed(query, rows, (row) => toCheckout(world, row)))
  })
  api.post('/checkouts/', async (c) => {
    const row = createCheckout(world, await readBody(c, checkoutCreate))
    return c.json(toCheckout(world, row), 201)
  })
  api.get('/checkouts/client/:client_secret', (c) => {
    const row = bySecret(c)
    assertNotExpired(row)
    return c.json(toPublicCheckout(world, row))
  })
  api.patch('/checkouts/client/:client_secret', async (c) => {
    const row = bySecret(c)
    const body = await readBody(c, checkoutUpdatePublic)
    assertOpen(row)
    applyUpdate(world, row, body)
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

function checkoutFilter(query: Query): (row: CheckoutRow) => boolean {
  const statuses = query.choices('status', STATUSES)
  const products = query.ids('product_id')
  const customers = query.ids('customer_id')
  const external = query.all('external_customer_id')
  return (row) =>
    oneOf(statuses, row.status) &&
    oneOf(products, row.productId) &&
    oneOf(customers, row.customer_id) &&
    oneOf(external, row.external_customer_id)
}
