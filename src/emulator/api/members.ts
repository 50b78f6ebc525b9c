import type { Context } from 'hono'
import { customerByExternalId, customerById } from '../billing/customers.js'
import { membersOf } from '../billing/members.js'
import type { CustomerRow } from '../core/rows.js'
import { type Mount, found, pathId } from './http.js'
import { listed, oneOf } from './lists.js'
import { Query } from './query.js'

const ROLES = ['owner', 'billing_manager', 'member']

/** The people of a customer: its owner, and whoever was given a seat. */
export const mountMembers: Mount = (api, world) => {
  const answer = (c: Context, customer: CustomerRow) => {
    const query = new Query(c)
    const roles = query.choices('role', ROLES)
    const members = membersOf(world.db, customer).filter(({ role }) => oneOf(roles, role))
    return c.json(listed(query, members, (member) => member))
  }
  api.get('/customers/:id/members', (c) => answer(c, found(customerById(world, pathId(c)))))
  api.get('/customers/external/:external_id/members', (c) =>
    answer(c, found(customerByExternalId(world, c.req.param('external_id')))),
  )
}
