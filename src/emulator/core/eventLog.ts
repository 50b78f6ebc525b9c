import type { EventRow } from './rows.js'

/** The ingested and system events, with the indexes that keep a meter's window cheap to read. */
export class EventLog {
  readonly #events: EventRow[] = []
  #byExternalId = new Map<string, EventRow>()
  #children = new Map<string, number>()
  #byCustomer = new Map<string, EventRow[]>()
  #byExternalCustomer = new Map<string, EventRow[]>()

  get all(): readonly EventRow[] {
    return this.#events
  }

  /** False when an event with this external id is known: the first write wins, for ever. */
  append(event: Omit<EventRow, 'position'>): boolean {
    if (event.externalId !== null && this.#byExternalId.has(event.externalId)) return false
    const row: EventRow = { ...event, position: this.#events.length }
    this.#events.push(row)
    if (row.externalId !== null) this.#byExternalId.set(row.externalId, row)
    if (row.parentId !== null) this.#children.set(row.parentId, this.childrenOf(row.parentId) + 1)
    if (row.customerId !== null) push(this.#byCustomer, row.customerId, row)
    else if (row.externalCustomerId !== null) push(this.#byExternalCustomer, row.externalCustomerId, row)
    return true
  }

  byExternalId(externalId: string): EventRow | undefined {
    return this.#byExternalId.get(externalId)
  }

  childrenOf(id: string): number {
    return this.#children.get(id) ?? 0
  }

  /** Events sent with a customer's id or with its external id, in the order in which they came. */
  ofCustomer(customerId: string, externalId: string | null): EventRow[] {
    const own = this.#byCustomer.get(customerId) ?? []
    const external = externalId === null ? [] : this.ofExternalCustomer(externalId)
    if (own.length === 0) return external
    if (external.length === 0) return own
    return [...own, ...external].sort((a, b) => a.position - b.position)
  }

  /** Events sent with an external customer id, whether or not a customer has it. */
  ofExternalCustomer(externalId: string): EventRow[] {
    return this.#byExternalCustomer.get(externalId) ?? []
  }
}

function push(index: Map<string, EventRow[]>, key: string, row: EventRow): void {
  const rows = index.get(key)
  if (rows === undefined) index.set(key, [row])
  else rows.push(row)
}
