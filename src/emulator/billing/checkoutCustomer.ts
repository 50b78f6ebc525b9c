import { ApiError, invalid } from '../core/errors.js'
import type { CheckoutRow, CustomerRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import {
  createCustomer,
  customerByEmail,
  customerByExternalId,
  customerById,
  updateCustomer,
} from './customers.js'
import { createSession } from './sessions.js'

/** Whoever would pay this checkout if it were confirmed now, as far as known. */
export function buyerOf(world: World, row: CheckoutRow): CustomerRow | undefined {
  if (row.customer_id === null) {
    return row.customer_email === null ? undefined : customerByEmail(world, row.customer_email)
  }
  const customer = customerById(world, row.customer_id)
  if (customer !== undefined) return customer
  throw new ApiError(409, 'CustomerDeleted', 'The customer of this checkout was deleted.')
}

/**
 * Links a checkout to its customer by Polar's rules: a known customer first, then whoever has the typed
 * e-mail, else a new customer. An e-mail proves nothing: whoever typed it gets no portal session and changes
 * nothing about the customer, not even its external id.
 */
export function linkCustomer(world: World, row: CheckoutRow): void {
  const known = buyerOf(world, row)
  if (known === undefined) assertFreeExternalId(world, row)
  const customer = known ?? createFromCheckout(world, row)
  row.isProven ||= known === undefined
  row.customer_id = customer.id
  if (!row.isProven) return
  row.sessionToken = createSession(world, customer, null).token
  if (known === undefined) return
  updateCustomer(world, known, {
    name: row.customer_name ?? undefined,
    billing_name: row.customer_billing_name ?? undefined,
    billing_address: row.customer_billing_address ?? undefined,
  })
}

/** Nothing was bought: only a customer who is certain stays. */
export function unlinkCustomer(row: CheckoutRow): void {
  if (!row.isProven) row.customer_id = null
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
