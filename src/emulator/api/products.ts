import { toProduct } from '../serialize/product.js'
import { type Mount, found, pathId } from './http.js'
import { hasMetadata, listed, oneOf } from './lists.js'
import { Query } from './query.js'

export const mountProducts: Mount = (api, { db }) => {
  api.get('/products/', (c) => {
    const query = new Query(c)
    const ids = query.ids('id')
    const archived = query.flag('is_archived')
    const recurring = query.flag('is_recurring')
    const benefits = query.ids('benefit_id')
    const visibilities = query.choices('visibility', ['draft', 'private', 'public'])
    const words = query.one('query')?.toLowerCase()
    const rows = Array.from(db.products.values()).filter(
      (row) =>
        oneOf(ids, row.id) &&
        (archived === undefined || row.is_archived === archived) &&
        (recurring === undefined || row.is_recurring === recurring) &&
        (benefits === undefined || row.benefitIds.some((id) => benefits.includes(id))) &&
        oneOf(visibilities, row.visibility) &&
        (words === undefined || row.name.toLowerCase().includes(words)) &&
        hasMetadata(query, row.metadata),
    )
    return c.json(listed(query, rows, (row) => toProduct(row, db)))
  })

  api.get('/products/:id', (c) => c.json(toProduct(found(db.products.get(pathId(c))), db)))
}
