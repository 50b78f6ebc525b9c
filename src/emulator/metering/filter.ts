import type { models } from '@polar-sh/sdk/2026-10'
import type { EventRow } from '../core/rows.js'

type Value = string | number | boolean

/** Whether a meter counts an event. A filter without clauses matches everything. */
export function matches(filter: models.Filter, event: EventRow): boolean {
  if (filter.clauses.length === 0) return true
  const test = (clause: models.FilterClause | models.Filter) =>
    'clauses' in clause ? matches(clause, event) : matchesClause(clause, event)
  return filter.conjunction === 'and' ? filter.clauses.every(test) : filter.clauses.some(test)
}

/** A property of an event: its name, source, time in seconds, or a key of its metadata in which dots nest. */
export function propertyOf(event: EventRow, property: string): unknown {
  if (property === 'name') return event.name
  if (property === 'source') return event.source
  if (property === 'timestamp') return Math.floor(Date.parse(event.timestamp) / 1_000)
  let value: unknown = event.metadata
  for (const key of property.replace(/^metadata\./, '').split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

function matchesClause({ property, operator, value }: models.FilterClause, event: EventRow): boolean {
  const actual = propertyOf(event, property)
  if (!isValue(actual)) return false
  switch (operator) {
    case 'eq':
      return actual === value
    case 'ne':
      return actual !== value
    case 'like':
      return String(actual).includes(String(value))
    case 'not_like':
      return !String(actual).includes(String(value))
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return typeof actual === typeof value && compare(operator, actual, value)
  }
}

function compare(operator: 'gt' | 'gte' | 'lt' | 'lte', actual: Value, value: Value): boolean {
  switch (operator) {
    case 'gt':
      return actual > value
    case 'gte':
      return actual >= value
    case 'lt':
      return actual < value
    case 'lte':
      return actual <= value
  }
}

function isValue(value: unknown): value is Value {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
