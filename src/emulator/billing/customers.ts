import { assign } from '../core/database.js'
import { newId } from '../core/ids.js'
import type { CustomerRow } from '../core/rows.js'
import { type World, timestamp, touch } from '../core/world.js'
import { recordSystemEvent } from '../metering/systemEvents.js'
import { scheduleMeterUpdate } from '../metering/customerMeters.js'
import { toCustomer, toOwner } from '../serialize/customer.js'
import { emit } from '../webhooks/emit.js'
import { revokeSubscription } from './cancellation.js'
import { revokeAllGrants } from './grants.js'
import { stateChangedAtOnce } from './stateChanged.js'

type CustomerFields = Pick<
  CustomerRow,
  | 'email'
  | 'external_id'
  | 'name'
  | 'metadata'
  | 'billing_name'
  | 'billing_address'
  | 'tax_id'
  | 'locale'
  | 'type'
>

type CustomerChanges = { [Key in keyof CustomerFields]?: CustomerFields[Key] | undefined }

export function createCustomer(world: World, fields: Partial<CustomerFields>): CustomerRow {
  const row: CustomerRow = {
    id: newId(),
    created_at: timestamp(world),
    modified_at: null,
    metadata: fields.metadata ?? {},
    external_id: fields.external_id ?? null,
    email: fields.email ?? null,
    email_verified: false,
    type: fields.type ?? 'individual',
    name: fields.name ?? null,
    billing_name: fields.billing_name ?? null,
    billing_address: fields.billing_address ?? null,
    tax_id: fields.tax_id ?? null,
    locale: fields.locale ?? null,
    organization_id: world.organization.id,
    default_payment_method_id: null,
    deleted_at: null,
    first_user_event_at: null,
    avatar_url: null,
    card: 'none',
    ownerId: newId(),
  }
  world.db.customers.set(row.id, row)
  index(world, row)
  const { id, email, name, external_id } = row
  recordSystemEvent(world, row, 'customer.created', {
    customer_id: id,
    customer_email: email,
    customer_name: name,
    customer_external_id: external_id,
  })
  emit(world, 'customer.created', toCustomer(row))
  stateChangedAtOnce(world, id)
  emit(world, 'member.created', toOwner(row))
  claimEvents(world, row)
  return row
}

export function updateCustomer(world: World, row: CustomerRow, changes: CustomerChanges): void {
  const gainsExternalId = changes.external_id !== undefined && changes.external_id !== row.external_id
  world.db.emails.delete(row.email?.toLowerCase() ?? '')
  assign(row, changes)
  index(world, row)
  touch(world, row)
  emit(world, 'customer.updated', toCustomer(row))
  stateChangedAtOnce(world, row.id)
  if (gainsExternalId) claimEvents(world, row)
}

/** Ends what the customer pays for and frees its external id. */
export function deleteCustomer(world: World, row: CustomerRow): void {
  for (const subscription of world.db.subscriptions.of(row.id)) {
    if (subscription.ended_at === null) revokeSubscription(world, subscription)
  }
  revokeAllGrants(world, row.id)
  world.db.externalIds.delete(row.external_id ?? '')
  world.db.emails.delete(row.email?.toLowerCase() ?? '')
  row.external_id = null
  row.deleted_at = timestamp(world)
  touch(world, row)
  emit(world, 'customer.deleted', toCustomer(row))
  stateChangedAtOnce(world, row.id)
}

export function customerById(world: World, id: string): CustomerRow | undefined {
  const row = world.db.customers.get(id.toLowerCase())
  return row === undefined || row.deleted_at !== null ? undefined : row
}

/** External ids are case-sensitive. */
export function customerByExternalId(world: World, externalId: string): CustomerRow | undefined {
  const id = world.db.externalIds.get(externalId)
  return id === undefined ? undefined : world.db.customers.get(id)
}

/** E-mails are not. */
export function customerByEmail(world: World, email: string): CustomerRow | undefined {
  const id = world.db.emails.get(email.toLowerCase())
  return id === undefined ? undefined : world.db.customers.get(id)
}

/** Makes a customer findable by what the merchant knows of it. */
function index({ db }: World, { id, external_id, email }: CustomerRow): void {
  if (external_id !== null) db.externalIds.set(external_id, id)
  if (email !== null) db.emails.set(email.toLowerCase(), id)
}

/** Usage that came in for this external id before there was a customer now counts for it. */
function claimEvents(world: World, row: CustomerRow): void {
  const { external_id } = row
  if (external_id === null) return
  const [first] = world.db.events.ofExternalCustomer(external_id)
  if (first === undefined) return
  row.first_user_event_at ??= first.ingestedAt
  scheduleMeterUpdate(world, row.id)
}
