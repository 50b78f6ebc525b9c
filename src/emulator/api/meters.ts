import type { models } from '@polar-sh/sdk/2026-10'
import { DAY } from '../core/time.js'
import type { EventRow, MeterRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { isMetered } from '../metering/aggregation.js'
import { type QuantityRange, quantities } from '../metering/quantities.js'
import type { Step } from '../metering/buckets.js'
import { type Mount, found, pathId } from './http.js'
import { hasMetadata, listed } from './lists.js'
import { Query } from './query.js'

/** The longest range that Polar computes for each interval. */
const MAX_RANGE: Record<Step, number> = {
  hour: 7 * DAY,
  day: 366 * DAY,
  week: 371 * DAY,
  month: 4 * 366 * DAY,
  year: 10 * 366 * DAY,
}
const EARLIEST = Date.UTC(2023, 0, 1)

const order = { name: 'name', by: (row: MeterRow) => row.name }

export const mountMeters: Mount = (api, world) => {
  const { meters } = world.db

  api.get('/meters/', (c) => {
    const query = new Query(c)
    const archived = query.flag('is_archived')
    const words = query.one('query')?.toLowerCase()
    const rows = Array.from(meters.values()).filter(
      (row) =>
        (archived === undefined || (row.archived_at !== null) === archived) &&
        (words === undefined || row.name.toLowerCase().includes(words)) &&
        hasMetadata(query, row.metadata),
    )
    return c.json(listed(query, rows, (row): models.Meter => row, order))
  })
  api.get('/meters/:id', (c) => c.json(found(meters.get(pathId(c))) satisfies models.Meter))
  api.get('/meters/:id/quantities', (c) => {
    const meter = found(meters.get(pathId(c)))
    const query = new Query(c)
    return c.json(quantities(meter, countedEvents(world, query, meter), rangeOf(query)))
  })
}

function rangeOf(query: Query): QuantityRange {
  const start = needed(query, 'start_timestamp')
  const end = needed(query, 'end_timestamp')
  const step = stepOf(query)
  const timeZone = query.one('timezone') ?? 'UTC'
  if (start < EARLIEST) {
    throw query.refuse('start_timestamp', 'value_error', 'Start timestamp must be after 2023-01-01.')
  }
  if (end < start)
    throw query.refuse('end_timestamp', 'value_error', 'End timestamp must be after the start.')
  if (end - start > MAX_RANGE[step]) {
    throw query.refuse('end_timestamp', 'value_error', `The range is too large for the interval ${step}.`)
  }
  if (!isTimeZone(timeZone)) throw query.refuse('timezone', 'zoneinfo_str', `invalid timezone: ${timeZone}`)
  return { start, end, step, timeZone }
}

function needed(query: Query, name: string): number {
  const value = query.moment(name)
  if (value === undefined) throw query.refuse(name, 'missing', 'Field required')
  return value
}

function stepOf(query: Query): Step {
  const value = query.one('interval')
  if (value === undefined) throw query.refuse('interval', 'missing', 'Field required')
  if (Object.hasOwn(MAX_RANGE, value)) return value as Step
  throw query.refuse('interval', 'enum', "Input should be 'year', 'month', 'week', 'day' or 'hour'")
}

/** Also answers for an external id that no customer has yet. */
function countedEvents(world: World, query: Query, meter: MeterRow): EventRow[] {
  const { customers, events, externalIds } = world.db
  const ids = query.ids('customer_id')
  const external = query.all('external_customer_id')
  const asked = new Set([...(ids ?? []), ...(external ?? []).map((value) => externalIds.get(value) ?? '')])
  const names = new Set(external)
  for (const id of asked) names.add(customers.get(id)?.external_id ?? '')
  const wanted =
    ids === undefined && external === undefined
      ? events.all
      : [
          ...Array.from(asked).flatMap((id) => events.ofCustomer(id)),
          ...Array.from(names).flatMap((name) => events.ofExternalCustomer(name)),
        ]
  return wanted.filter((event) => isMetered(meter, event) && hasMetadata(query, event.metadata))
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}
