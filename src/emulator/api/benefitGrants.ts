import type { models } from '@polar-sh/sdk/2026-10'
import { required } from '../core/database.js'
import type { BenefitRow, GrantRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { toGrant } from '../serialize/grant.js'
import { type Mount, found, pathId } from './http.js'
import { listed, oneOf } from './lists.js'
import { Query } from './query.js'

export const mountBenefitGrants: Mount = (api, world) => {
  const { benefits } = world.db
  const sorting = {
    created_at: (row: BenefitRow) => Date.parse(row.created_at),
    description: (row: BenefitRow) => row.description,
  }

  api.get('/benefit-grants/', (c) => c.json(listGrants(world, new Query(c))))
  api.get('/benefits/', (c) => {
    const query = new Query(c)
    const rows = Array.from(benefits.values()).filter((row) => oneOf(query.all('type'), row.type))
    return c.json(listed(query, rows, sorting, '-created_at', (row): models.Benefit => row))
  })
  api.get('/benefits/:id', (c) => c.json(found(benefits.get(pathId(c))) satisfies models.Benefit))
  api.get('/benefits/:id/grants', (c) => {
    const { id } = found(benefits.get(pathId(c)))
    return c.json(listGrants(world, new Query(c), id))
  })
}

function listGrants(world: World, query: Query, benefitId?: string): models.ListResourceBenefitGrant {
  const { db } = world
  const granted = query.flag('is_granted')
  const rows = Array.from(db.grants.values()).filter(
    (row) =>
      (benefitId === undefined || row.benefit_id === benefitId) &&
      (granted === undefined || row.is_granted === granted) &&
      oneOf(query.all('customer_id'), row.customer_id) &&
      oneOf(query.all('external_customer_id'), required(db.customers, row.customer_id).external_id),
  )
  const sorting = {
    created_at: (row: GrantRow) => Date.parse(row.created_at),
    granted_at: (row: GrantRow) => moment(row.granted_at),
    revoked_at: (row: GrantRow) => moment(row.revoked_at),
  }
  return listed(query, rows, sorting, '-created_at', (row) => toGrant(row, db))
}

function moment(value: string | null): number | null {
  return value === null ? null : Date.parse(value)
}
