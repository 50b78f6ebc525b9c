import type { models } from '@polar-sh/sdk/2026-10'
import * as z from 'zod/mini'
import { customerByExternalId, customerById } from '../billing/customers.js'
import { membersOf } from '../billing/members.js'
import { createSession, portalUrl } from '../billing/sessions.js'
import { invalid } from '../core/errors.js'
import type { CustomerRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { toCustomer } from '../serialize/customer.js'
import { readBody } from './body.js'
import type { Mount } from './http.js'
import { httpUrl, id, text } from './schemas.js'

const create = z.object({
  customer_id: z.nullish(id),
  external_customer_id: z.nullish(text()),
  customer_external_id: z.nullish(text()),
  return_url: z.nullish(httpUrl),
  member_id: z.nullish(id),
  external_member_id: z.nullish(text()),
})

type Body = z.output<typeof create>

export const mountCustomerSessions: Mount = (api, world) => {
  api.post('/customer-sessions/', async (c) => {
    const body = await readBody(c, create)
    const customer = customerOf(world, body)
    const memberId = memberIdOf(world, customer, body)
    const session = createSession(world, customer, body.return_url ?? null, memberId)
    return c.json(
      {
        created_at: session.created_at,
        modified_at: null,
        id: session.id,
        token: session.token,
        expires_at: session.expires_at,
        return_url: session.return_url,
        customer_portal_url: portalUrl(world, session.token, customer.email),
        customer_id: customer.id,
        customer: toCustomer(customer),
      } satisfies models.CustomerSession,
      201,
    )
  })
}

/** An unknown customer is 422 here, not 404. */
function customerOf(world: World, body: Body): CustomerRow {
  const byId = body.customer_id ?? null
  const external = body.external_customer_id ?? body.customer_external_id ?? null
  if ((byId === null) === (external === null)) {
    throw invalid([], 'Exactly one of customer_id and external_customer_id is required.', null)
  }
  const customer = byId === null ? customerByExternalId(world, external ?? '') : customerById(world, byId)
  if (customer !== undefined) return customer
  throw invalid(
    byId === null ? 'external_customer_id' : 'customer_id',
    'Customer does not exist.',
    byId ?? external,
  )
}

/** A team has to say which of its members it is for. `null`: the owner. */
function memberIdOf({ db }: World, customer: CustomerRow, body: Body): string | null {
  const id = body.member_id ?? null
  const external = body.external_member_id ?? null
  if (id === null && external === null) {
    if (customer.type !== 'team') return null
    throw invalid('member_id', 'member_id is required for team customers.', null)
  }
  const member = membersOf(db, customer).find((one) =>
    id === null ? one.external_id === external : one.id === id.toLowerCase(),
  )
  if (member === undefined)
    throw invalid(id === null ? 'external_member_id' : 'member_id', 'Member does not exist.', id ?? external)
  return member.role === 'owner' ? null : member.id
}
