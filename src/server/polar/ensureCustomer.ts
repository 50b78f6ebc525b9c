import type { models, PolarCore } from '@polar-sh/sdk/2026-10'
import {
  createCustomers,
  getExternalCustomers,
  listCustomers,
  updateCustomers,
} from '@polar-sh/sdk/2026-10/services/customers'
import { BillingError } from '../../contract/index.js'
import type { Buyer } from '../provider.js'
import { callPolar, findInPolar, rejectedFields } from './callPolar.js'
import { expectString } from './expect.js'

/**
 * The Polar customer who will pay for the organization, made or found before the checkout: Polar would link a checkout to whoever
 * already has the typed e-mail, without noting the organization. `null` where no customer can be made beforehand (no e-mail, or one
 * that Polar does not take); the checkout then makes it.
 */
export async function ensureCustomer(core: PolarCore, buyer: Buyer): Promise<string | null> {
  const { organizationId, email, name } = buyer
  if (email === undefined || email === '') return null
  const body = { external_id: organizationId, email, ...(name !== undefined && name !== '' && { name }) }
  return callPolar('Creating the customer', async () => {
    try {
      return expectString((await createCustomers(core)(body)).id)
    } catch (error) {
      const fields = rejectedFields(error).map(({ field }) => field)
      if (fields.includes('body.external_id')) return await findByOrganization(core, organizationId)
      if (fields.includes('body.email')) return await adopt(core, buyer, email)
      throw error
    }
  })
}

// Another request was faster, or the state that said "no customer" was old.
function findByOrganization(core: PolarCore, organizationId: string): Promise<string | null> {
  return findInPolar('Reading the customer', async () =>
    expectString((await getExternalCustomers(core)(organizationId)).id),
  )
}

/** Takes over the customer who has the e-mail, if it is provably the same person and pays for nobody else. */
async function adopt(core: PolarCore, buyer: Buyer, email: string): Promise<string | null> {
  const owner = await findByEmail(core, email)
  // Rejected, yet nobody has it: Polar does not take the address itself (it checks that the domain receives mail).
  if (owner === undefined) return null
  if (owner.external_id === buyer.organizationId) return owner.id
  if (owner.external_id !== null && owner.external_id !== undefined) {
    throw new BillingError(
      'CONFLICT',
      'This e-mail already pays for another organization. Use another e-mail address for this one.',
    )
  }
  if (buyer.emailVerified !== true) {
    throw new BillingError(
      'CONFLICT',
      'This e-mail has bought here before. Verify the e-mail address, then try again.',
    )
  }
  await updateCustomers(core)(owner.id, { external_id: buyer.organizationId })
  return owner.id
}

// Polar compares e-mails without regard to case.
async function findByEmail(core: PolarCore, email: string): Promise<models.Customer | undefined> {
  const { items } = await listCustomers(core)({ email, limit: 100 })
  return items.find((customer) => customer.email?.toLowerCase() === email.toLowerCase())
}
