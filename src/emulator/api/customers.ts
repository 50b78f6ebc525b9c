import type { models } from '@polar-sh/sdk/2026-10'
import type { Context } from 'hono'
import * as z from 'zod/mini'
import {
  createCustomer,
  customerByEmail,
  customerByExternalId,
  customerById,
  deleteCustomer,
  updateCustomer,
} from '../billing/customers.js'
import { isActive } from '../billing/statuses.js'
import { cachedState } from '../billing/stateChanged.js'
import { type Issue, ValidationFailure } from '../core/errors.js'
import type { CustomerRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { toCustomer } from '../serialize/customer.js'
import { readBody } from './body.js'
import { type Mount, found, pathId } from './http.js'
import { hasMetadata, listed } from './lists.js'
import { Query } from './query.js'
import { address, email, externalId, metadata, text } from './schemas.js'

const shared = {
  metadata: z.optional(metadata),
  name: z.nullish(text(256)),
  billing_address: z.nullish(address),
  tax_id: z.nullish(text()),
  locale: z.nullish(text()),
}

const create = z.object({
  ...shared,
  external_id: externalId,
  type: z._default(z.enum(['individual', 'team']), 'individual'),
  email: z.nullish(email),
  owner: z.nullish(z.object({ email: z.nullish(email) })),
})

const update = z.object({ ...shared, email: z.nullish(email), external_id: externalId })
const updateExternal = z.object({ ...shared, email: z.nullish(email) })

export const mountCustomers: Mount = (api, world) => {
  api.get('/customers/', (c) => c.json(listCustomers(world, c)))
  api.post('/customers/', async (c) => c.json(register(world, await readBody(c, create)), 201))
  for (const { path, find, schema } of addresses(world)) {
    api.get(path, (c) => c.json(toCustomer(found(find(c)))))
    api.get(`${path}/state`, (c) => c.json(cachedState(world, found(find(c)).id) as models.CustomerState))
    api.patch(path, async (c) => c.json(change(world, found(find(c)), await readBody(c, schema))))
    api.delete(path, (c) => {
      deleteCustomer(world, found(find(c)))
      return c.body(null, 204)
    })
  }
}

/**
 * The same operations by our id and by the merchant's. An external id with a slash finds nothing, as in
 * Polar.
 */
function addresses(world: World) {
  return [
    {
      path: '/customers/external/:external_id',
      schema: updateExternal,
      find: (c: Context): CustomerRow | undefined => {
        const external = c.req.param('external_id') ?? ''
        return external.includes('/') ? undefined : customerByExternalId(world, external)
      },
    },
    {
      path: '/customers/:id',
      schema: update,
      find: (c: Context): CustomerRow | undefined => customerById(world, pathId(c)),
    },
  ]
}

function register(world: World, body: z.output<typeof create>): models.Customer {
  const address = body.email ?? body.owner?.email ?? null
  if (address === null) {
    throw new ValidationFailure([
      { type: 'missing', loc: ['body', 'email'], msg: 'Field required', input: body },
    ])
  }
  assertUnique(world, { email: address, external_id: body.external_id ?? null }, undefined)
  const row = createCustomer(world, {
    type: body.type,
    email: address,
    external_id: body.external_id ?? null,
    name: body.name ?? null,
    metadata: body.metadata ?? {},
    billing_address: asAddress(body.billing_address),
    tax_id: asTaxId(body.tax_id),
    locale: body.locale ?? null,
  })
  return toCustomer(row)
}

function change(world: World, row: CustomerRow, body: z.output<typeof update>): models.Customer {
  const wanted = {
    email: body.email ?? row.email,
    external_id: body.external_id === undefined ? row.external_id : body.external_id,
  }
  assertUnique(world, wanted, row)
  updateCustomer(world, row, {
    ...wanted,
    name: body.name,
    metadata: body.metadata,
    billing_address: body.billing_address === undefined ? undefined : asAddress(body.billing_address),
    tax_id: body.tax_id === undefined ? undefined : asTaxId(body.tax_id),
    locale: body.locale,
  })
  return toCustomer(row)
}

/** Both can be taken at once; an external id that is set stays. */
function assertUnique(
  world: World,
  wanted: Pick<CustomerRow, 'email' | 'external_id'>,
  self: CustomerRow | undefined,
): void {
  const issues: Issue[] = []
  const refuse = (field: 'email' | 'external_id', msg: string) =>
    issues.push({ type: 'value_error', loc: ['body', field], msg, input: wanted[field] })
  const byEmail = wanted.email === null ? undefined : customerByEmail(world, wanted.email)
  if (byEmail !== undefined && byEmail !== self) {
    refuse('email', 'A customer with this email address already exists.')
  }
  if (self !== undefined && self.external_id !== null && wanted.external_id !== self.external_id) {
    refuse('external_id', 'Customer external ID cannot be updated.')
  } else if (wanted.external_id !== null) {
    const byExternal = customerByExternalId(world, wanted.external_id)
    if (byExternal !== undefined && byExternal !== self) {
      refuse('external_id', 'A customer with this external ID already exists.')
    }
  }
  if (issues.length > 0) throw new ValidationFailure(issues, 'PolarRequestValidationError')
}

function listCustomers(world: World, c: Context): models.ListResourceCustomer {
  const query = new Query(c)
  const wantedEmail = query.one('email')?.toLowerCase()
  const words = query.one('query')?.toLowerCase()
  const active = query.flag('active')
  const rows = Array.from(world.db.customers.values()).filter(
    (row) =>
      row.deleted_at === null &&
      (wantedEmail === undefined || row.email?.toLowerCase() === wantedEmail) &&
      (words === undefined || `${row.email} ${row.name} ${row.external_id}`.toLowerCase().includes(words)) &&
      (active === undefined || isSubscribed(world, row) === active) &&
      hasMetadata(query, row.metadata),
  )
  return listed(query, rows, toCustomer)
}

function isSubscribed(world: World, row: CustomerRow): boolean {
  return world.db.subscriptions.of(row.id).some(({ status }) => isActive(status))
}

function asTaxId(value: string | null | undefined): CustomerRow['tax_id'] {
  return value === null || value === undefined ? null : [value, 'eu_vat']
}

function asAddress(value: z.output<typeof address> | null | undefined): models.Address | null {
  // Any two letters pass as a country.
  return (value ?? null) as models.Address | null
}
