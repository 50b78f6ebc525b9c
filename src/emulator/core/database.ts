import { CustomerTable } from './customerTable.js'
import { EventLog } from './eventLog.js'
import type {
  BenefitRow,
  CheckoutRow,
  CustomerMeterRow,
  CustomerRow,
  DeliveryRow,
  EndpointRow,
  GrantRow,
  MeterRow,
  OrderRow,
  ProductRow,
  SessionRow,
  SubscriptionRow,
  WebhookEventRow,
} from './rows.js'

/** All that the emulator remembers. Maps keep the order of creation, which is what lists sort by. */
export class Database {
  readonly meters: Map<string, MeterRow> = new Map()
  readonly benefits: Map<string, BenefitRow> = new Map()
  readonly products: Map<string, ProductRow> = new Map()
  readonly customers: Map<string, CustomerRow> = new Map()
  /** Ids of the customers that are not deleted, by external id. */
  readonly externalIds: Map<string, string> = new Map()
  readonly checkouts: Map<string, CheckoutRow> = new Map()
  readonly subscriptions = new CustomerTable<SubscriptionRow>()
  readonly orders = new CustomerTable<OrderRow>()
  readonly grants = new CustomerTable<GrantRow>()
  readonly customerMeters = new CustomerTable<CustomerMeterRow>()
  readonly sessions: Map<string, SessionRow> = new Map()
  readonly endpoints: Map<string, EndpointRow> = new Map()
  readonly webhookEvents: Map<string, WebhookEventRow> = new Map()
  readonly deliveries: Map<string, DeliveryRow> = new Map()
  readonly events = new EventLog()
}

/** Changes some fields of a row. */
export function assign<Row extends object>(row: Row, changes: Partial<Row>): void {
  Object.assign(row, changes)
}

/** A row that an earlier rule guarantees to exist. */
export function required<Row>(table: ReadonlyMap<string, Row>, id: string): Row {
  const row = table.get(id)
  if (row === undefined) throw new Error(`The emulator lost the row ${id}`)
  return row
}
