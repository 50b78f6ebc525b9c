import { required } from '../core/database.js'
import { toGrant } from '../serialize/grant.js'
import type { Mount } from './http.js'
import { listed, oneOf } from './lists.js'
import { Query } from './query.js'

export const mountBenefitGrants: Mount = (api, { db }) => {
  api.get('/benefit-grants/', (c) => {
    const query = new Query(c)
    const granted = query.flag('is_granted')
    const customerIds = query.ids('customer_id')
    const externalIds = query.all('external_customer_id')
    const rows = Array.from(db.grants.values()).filter(
      (row) =>
        (granted === undefined || row.is_granted === granted) &&
        oneOf(customerIds, row.customer_id) &&
        oneOf(externalIds, required(db.customers, row.customer_id).external_id),
    )
    return c.json(listed(query, rows, (row) => toGrant(row, db)))
  })
}
