import type { models } from '@polar-sh/sdk/2026-10'
import type { Query } from './query.js'

type Comparable = string | number | null

/** How a list can be sorted: a value of the row for each name. */
export type Sorting<Row> = Record<string, (row: Row) => Comparable>

/** Sorts, cuts out the page and wraps it as Polar does. */
export function listed<Row, Item>(
  query: Query,
  rows: Iterable<Row>,
  sorting: Sorting<Row>,
  fallback: string,
  toItem: (row: Row) => Item,
): { items: Item[]; pagination: models.Pagination } {
  const { page, limit } = query.page()
  const sorted = sortedBy(query, Array.from(rows), sorting, fallback)
  const items = sorted.slice((page - 1) * limit, page * limit).map(toItem)
  return { items, pagination: { total_count: sorted.length, max_page: Math.ceil(sorted.length / limit) } }
}

/** Absent filters let everything pass. */
export function oneOf(values: readonly string[] | undefined, value: string | null): boolean {
  return values === undefined || (value !== null && values.includes(value))
}

export function hasMetadata(query: Query, metadata: Readonly<Record<string, unknown>>): boolean {
  return query.metadata().every(([key, value]) => String(metadata[key]) === value)
}

/** Rows come in the order of creation, so newest first holds also inside one moment. */
function sortedBy<Row>(query: Query, rows: Row[], sorting: Sorting<Row>, fallback: string): Row[] {
  const keys = query.all('sorting') ?? [fallback]
  const criteria = keys.map((key) => {
    const name = key.replace(/^-/, '')
    // Names that the emulator does not sort by keep the order of creation.
    return { value: sorting[name] ?? (() => null), descending: key.startsWith('-') }
  })
  if (criteria[0]?.descending === true) rows.reverse()
  return rows.sort((a, b) => {
    for (const { value, descending } of criteria) {
      const order = compare(value(a), value(b))
      if (order !== 0) return descending ? -order : order
    }
    return 0
  })
}

function compare(a: Comparable, b: Comparable): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return a < b ? -1 : 1
}
