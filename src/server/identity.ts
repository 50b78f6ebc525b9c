import { BillingError } from '../contract/index.js'

/** Who is asking. The app's `authenticate` (or the router's `identify`) is its only source. */
export interface Identity {
  /** Who pays: the customer is the organization. `null` or `''`: signed in, but in no organization. */
  organizationId: string | null
  userId?: string | undefined
  email?: string | undefined
  /** Whether the person proved to own the e-mail; only then may an older customer with this e-mail be taken over. */
  emailVerified?: boolean | undefined
  name?: string | undefined
}

/** @throws BillingError `UNAUTHORIZED`, `FORBIDDEN` (no organization) or `BAD_REQUEST` (an id that cannot stand in a URL). */
export function requireOrganization(identity: Identity | null): string {
  if (identity === null)
    throw new BillingError('UNAUTHORIZED', 'Sign in first: this request carries no valid session.')
  const { organizationId } = identity
  if (organizationId === null || organizationId === '') {
    throw new BillingError('FORBIDDEN', 'Choose an organization first: billing belongs to one.')
  }
  assertOrganizationId(organizationId)
  return organizationId
}

/** Such an id would change the path of the provider's URL, and with it the customer who is meant. */
export function assertOrganizationId(organizationId: string): void {
  if (
    organizationId === '' ||
    organizationId === '.' ||
    organizationId === '..' ||
    /[/\0]/.test(organizationId)
  ) {
    throw new BillingError('BAD_REQUEST', 'organizationId must not be empty, ".", ".." or hold "/".')
  }
}
