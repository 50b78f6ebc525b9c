import type { ProductRow } from '../core/rows.js'
import { toProduct } from '../serialize/product.js'
import { type Mount, found, pathId } from './http.js'
import { hasMetadata, listed, oneOf } from './lists.js'
import { Query } from './query.js'

export const mountProducts: Mount = (api, world) => {
  const { db } = world
  const sorting = {
    created_at: (row: ProductRow) => Date.parse(row.created_at),
    name: (row: ProductRow) => row.name,
  }

  api.get('/products/', (c) => {
    const query = new Query(c)
    const ids = query.all('id')
    const archived = query.flag('is_archived')
    const recurring = query.flag('is_recurring')
    const benefits = query.all('benefit_id')
    const visibilities = query.all('visibility')
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
    return c.json(listed(query, rows, sorting, '-created_at', (row) => toProduct(row, db)))
  })

  api.get('/products/:id', (c) => c.json(toProduct(found(db.products.get(pathId(c))), db)))
}
