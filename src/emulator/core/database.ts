import { EventLog } from './eventLog.js'
import type {
  BenefitRow,
  CheckoutRow,
  CustomerMeterRow,
  CustomerRow,
  DeliveryRow,
  EndpointRow,
  GrantRow,
  MemberRow,
  MeterRow,
  OrderRow,
  ProductRow,
  SeatRow,
  SessionRow,
  SubscriptionRow,
  WebhookEventRow,
} from './rows.js'

/** Rows of customers by id, with the rows of one customer at hand. */
class CustomerTable<Row extends { customer_id: string }> extends Map<string, Row> {
  #byCustomer = new Map<string, Row[]>()

  override set(id: string, row: Row): this {
    if (!this.has(id)) {
      const rows = this.#byCustomer.get(row.customer_id)
      if (rows === undefined) this.#byCustomer.set(row.customer_id, [row])
      else rows.push(row)
    }
    return super.set(id, row)
  }

  /** In the order of creation. */
  of(customerId: string): readonly Row[] {
    return this.#byCustomer.get(customerId) ?? []
  }
}

/** All that the emulator remembers. Maps keep the order of creation, which is what lists sort by. */
export class Database {
  readonly meters: Map<string, MeterRow> = new Map()
  readonly benefits: Map<string, BenefitRow> = new Map()
  readonly products: Map<string, ProductRow> = new Map()
  readonly customers: Map<string, CustomerRow> = new Map()
  /** Ids of the customers that are not deleted, by external id. */
  readonly externalIds: Map<string, string> = new Map()
  /** The same by e-mail in lower case. */
  readonly emails: Map<string, string> = new Map()
  readonly checkouts: Map<string, CheckoutRow> = new Map()
  readonly checkoutsBySecret: Map<string, CheckoutRow> = new Map()
  readonly subscriptions = new CustomerTable<SubscriptionRow>()
  readonly orders = new CustomerTable<OrderRow>()
  readonly grants = new CustomerTable<GrantRow>()
  /** Without owners, who are made of their customers. */
  readonly members: CustomerTable<MemberRow> = new CustomerTable()
  /** A revoked one stays, and is given to somebody else. */
  readonly seats: Map<string, SeatRow> = new Map()
  readonly customerMeters = new CustomerTable<CustomerMeterRow>()
  /** By token. */
  readonly sessions: Map<string, SessionRow> = new Map()
  readonly endpoints: Map<string, EndpointRow> = new Map()
  readonly webhookEvents: Map<string, WebhookEventRow> = new Map()
  readonly deliveries: Map<string, DeliveryRow> = new Map()
  readonly events = new EventLog()
}

/** Changes some fields of a row; what is undefined stays. */
export function assign<Row extends object>(
  row: Row,
  changes: { [Key in keyof Row]?: Row[Key] | undefined },
): void {
  Object.assign(row, Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)))
}

/** A row that an earlier rule guarantees to exist. */
export function required<Row>(table: ReadonlyMap<string, Row>, id: string): Row {
  const row = table.get(id)
  if (row === undefined) throw new Error(`The emulator lost the row ${id}`)
  return row
}
