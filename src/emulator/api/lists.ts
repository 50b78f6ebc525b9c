import type { models } from '@polar-sh/sdk/2026-10'
import type { Query } from './query.js'

/** The order in which Polar lists something unless told otherwise. */
interface Order<Row> {
  /** Starts with a minus for descending. */
  name: string
  by: (row: Row) => number | string
}

/**
 * Sorts, cuts out the page and wraps it as Polar does. Rows are given in the order of their creation, and the
 * newest comes first where Polar does not sort by something else.
 */
export function listed<Row, Item>(
  query: Query,
  rows: Iterable<Row>,
  toItem: (row: Row) => Item,
  order?: Order<Row>,
): { items: Item[]; pagination: models.Pagination } {
  const { page, limit } = query.page()
  const sorted = ordered(query, Array.from(rows), order)
  const items = sorted.slice((page - 1) * limit, page * limit).map(toItem)
  return { items, pagination: { total_count: sorted.length, max_page: Math.ceil(sorted.length / limit) } }
}

/** Absent filters let everything pass. */
export function oneOf(values: readonly string[] | undefined, value: string | null): boolean {
  return values === undefined || (value !== null && values.includes(value))
}

export function hasMetadata(query: Query, metadata: Readonly<Record<string, unknown>>): boolean {
  return query
    .metadata()
    .every(([key, value]) => Object.hasOwn(metadata, key) && String(metadata[key]) === value)
}

/** Other orders than Polar's own and that of creation are refused: a wrong order would be worse. */
function ordered<Row>(query: Query, rows: Row[], order: Order<Row> | undefined): Row[] {
  const [name = order?.name ?? '-created_at', ...more] = query.all('sorting') ?? []
  if (more.length === 0 && name === 'created_at') return rows
  if (more.length === 0 && name === '-created_at') return rows.reverse()
  if (more.length > 0 || name !== order?.name) {
    throw query.refuse('sorting', 'enum', 'The emulator does not sort by this.')
  }
  if (!name.startsWith('-')) return rows.sort((a, b) => compare(order.by(a), order.by(b)))
  // Newest first holds also inside one moment.
  return rows.reverse().sort((a, b) => compare(order.by(b), order.by(a)))
}

function compare(a: number | string, b: number | string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
