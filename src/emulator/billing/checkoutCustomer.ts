import { required } from '../core/database.js'
import { ApiError, invalid } from '../core/errors.js'
import type { CheckoutRow, CustomerRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { createCustomer, customerByEmail, customerByExternalId, updateCustomer } from './customers.js'
import { createSession } from './sessions.js'

/** Whoever would pay this checkout if it were confirmed now, as far as known. */
export function buyerOf(world: World, row: CheckoutRow): CustomerRow | undefined {
  if (row.customer_id !== null) return required(world.db.customers, row.customer_id)
  return row.customer_email === null ? undefined : customerByEmail(world, row.customer_email)
}

/**
 * Links a checkout to its customer by Polar's rules: a known customer first, then whoever has the typed
 * e-mail (who does not get the external id, and no portal session, since an e-mail proves nothing), else a
 * new customer.
 */
export function linkCustomer(world: World, row: CheckoutRow): CustomerRow {
  const known = buyerOf(world, row)
  if (known === undefined) {
    assertFreeExternalId(world, row)
    const customer = createFromCheckout(world, row)
    row.customer_id = customer.id
    row.sessionToken = createSession(world, customer, null).token
    return customer
  }
  if (row.customer_id !== null) row.sessionToken = createSession(world, known, null).token
  row.customer_id = known.id
  updateCustomer(world, known, {
    name: row.customer_name ?? known.name,
    billing_name: row.customer_billing_name ?? known.billing_name,
    billing_address: row.customer_billing_address ?? known.billing_address,
  })
  return known
}

function assertFreeExternalId(world: World, row: CheckoutRow): void {
  if (row.external_customer_id === null) return
  if (customerByExternalId(world, row.external_customer_id) === undefined) return
  throw new ApiError(
    422,
    'CheckoutCustomerExternalIdMismatch',
    'A customer with this external ID already exists with another email address.',
  )
}

function createFromCheckout(world: World, row: CheckoutRow): CustomerRow {
  if (row.customer_email === null) throw invalid('customer_email', 'Field required', null)
  return createCustomer(world, {
    email: row.customer_email,
    name: row.customer_name,
    external_id: row.external_customer_id,
    metadata: row.customer_metadata,
    billing_name: row.customer_billing_name,
    billing_address: row.customer_billing_address,
    locale: row.locale ?? null,
  })
}
