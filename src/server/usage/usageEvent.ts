import { BillingError } from '../../contract/index.js'
import { assertOrganizationId } from '../identity.js'
import type { OutgoingUsage, UsageMetadata } from '../provider.js'

export interface UsageEvent {
  organizationId: string
  /** At most 128 characters, as a meter's filter knows it: `tts_generation`. */
  name: string
  /** At most 50 entries; keys of 1 to 40 characters, strings of 1 to 500. A meter adds up numbers only: 12, never "12". */
  metadata?: UsageMetadata | undefined
  /** Two events of one organization with the same name and key count once, for ever. Without it each call counts. */
  idempotencyKey?: string | undefined
  /** When it happened; never later than now. @default now */
  timestamp?: Date | undefined
}

/** @throws BillingError `BAD_REQUEST` for what the provider would refuse: one bad event would hold up all others of its batch. */
export async function toOutgoingUsage(event: UsageEvent, now: Date): Promise<OutgoingUsage> {
  const { organizationId, name, idempotencyKey = crypto.randomUUID(), timestamp = now } = event
  // The caller may use its object for the next event.
  const metadata = { ...event.metadata }
  assertOrganizationId(organizationId)
  assert(name !== '' && name.length <= 128, 'name must have 1 to 128 characters')
  assert(!Number.isNaN(timestamp.getTime()), 'timestamp is no valid date')
  assertMetadata(metadata)
  const date = (timestamp > now ? now : timestamp).toISOString()
  return {
    id: await hash([organizationId, name, idempotencyKey]),
    organizationId,
    name,
    metadata,
    timestamp: date,
  }
}

function assertMetadata(metadata: UsageMetadata): void {
  const entries = Object.entries(metadata)
  assert(entries.length <= 50, 'metadata must have at most 50 entries')
  for (const [key, value] of entries) {
    assert(key !== '' && key.length <= 40, `metadata key "${key}" must have 1 to 40 characters`)
    assert(
      isMetadataValue(value),
      `metadata.${key} must be a finite number, a boolean or a string of 1 to 500 characters`,
    )
  }
}

function isMetadataValue(value: unknown): boolean {
  if (typeof value === 'string') return value !== '' && value.length <= 500 && !value.includes('\0')
  return typeof value === 'boolean' || Number.isFinite(value)
}

function assert(holds: boolean, message: string): void {
  if (!holds) throw new BillingError('BAD_REQUEST', `usage.track: ${message}.`)
}

// The organization is part of the hash: the provider's ids are shared by all organizations, and their keys may be equal.
async function hash(parts: readonly string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(parts)))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
