import type { EventRow } from './rows.js'

/** The ingested and system events, with the indexes that keep a meter's window cheap to read. */
export class EventLog {
  readonly #events: EventRow[] = []
  #byId = new Map<string, EventRow>()
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
    this.#byId.set(row.id, row)
    if (row.externalId !== null) this.#byExternalId.set(row.externalId, row)
    if (row.parentId !== null) this.#children.set(row.parentId, this.childrenOf(row.parentId) + 1)
    if (row.customerId !== null) push(this.#byCustomer, row.customerId, row)
    else if (row.externalCustomerId !== null) push(this.#byExternalCustomer, row.externalCustomerId, row)
    return true
  }

  byId(id: string): EventRow | undefined {
    return this.#byId.get(id)
  }

  byExternalId(externalId: string): EventRow | undefined {
    return this.#byExternalId.get(externalId)
  }

  childrenOf(id: string): number {
    return this.#children.get(id) ?? 0
  }

  /** Events sent with a customer's id, in the order in which they came. */
  ofCustomer(customerId: string): readonly EventRow[] {
    return this.#byCustomer.get(customerId) ?? []
  }

  /** Events sent with an external customer id, whether or not a customer has it. */
  ofExternalCustomer(externalId: string | null): readonly EventRow[] {
    return externalId === null ? [] : (this.#byExternalCustomer.get(externalId) ?? [])
  }
}

function push(index: Map<string, EventRow[]>, key: string, row: EventRow): void {
  const rows = index.get(key)
  if (rows === undefined) index.set(key, [row])
  else rows.push(row)
}
