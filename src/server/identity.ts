import { BillingError } from '../contract/index.js'

/**
 * Who is asking. The app's `authenticate` (or the router's `identify`) is its only source. What `authorize` decides by is the app's
 * own; declared once, it is typed everywhere:
 * `declare module 'polar-billing-kit/server' { interface Identity { role?: 'admin' | 'member' } }`.
 */
export interface Identity {
  /** Who pays: the customer is the organization. `null` or `''`: signed in, but in no organization. */
  organizationId: string | null
  userId?: string | undefined
  email?: string | undefined
  /** Whether the person proved to own the e-mail; only then may an older customer with this e-mail be taken over. */
  emailVerified?: boolean | undefined
  name?: string | undefined
}

/** What `authenticate` and `identify` answer: nothing at all means signed out, however the app writes it. */
export type MaybeIdentity = Identity | null | undefined

/** No id of an app is longer; the provider's own limit would show only at the checkout. */
const MAX_ID_LENGTH = 255

/** @throws BillingError `UNAUTHORIZED`, `FORBIDDEN` (no organization) or `BAD_REQUEST` (an id that cannot stand in a URL). */
export function requireOrganization(identity: MaybeIdentity): string {
  if (identity === null || identity === undefined)
    throw new BillingError('UNAUTHORIZED', 'Sign in first: this request carries no valid session.')
  const organizationId: unknown = identity.organizationId
  if (organizationId === null || organizationId === undefined || organizationId === '') {
    throw new BillingError('FORBIDDEN', 'Choose an organization first: billing belongs to one.')
  }
  assertOrganizationId(organizationId)
  return organizationId
}

/**
 * Another id would change the path of the provider's URL, and with it the customer who is meant; none at all would mean everybody.
 * The types forbid that, and JavaScript does not.
 */
export function assertOrganizationId(organizationId: unknown): asserts organizationId is string {
  if (
    typeof organizationId !== 'string' ||
    ['', '.', '..'].includes(organizationId) ||
    organizationId.length > MAX_ID_LENGTH ||
    /[/\0]/.test(organizationId) ||
    /\p{Surrogate}/u.test(organizationId)
  ) {
    throw new BillingError(
      'BAD_REQUEST',
      `organizationId must be a string of 1 to ${MAX_ID_LENGTH} characters, not ".", ".." or with a "/".`,
    )
  }
}
