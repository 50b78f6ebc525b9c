import { BillingError } from '../../contract/index.js'
import type { Counters } from './createCounters.js'

/** How often a minute one organization may do what costs calls to the provider, from all processes together. */
const LIMITS = {
  /** Reads that do not take what is known: after a checkout or a visit of the portal, and `getStatus({ fresh })`. Two calls each. */
  freshRead: 30,
  /** Tries to open a checkout or the portal, or to change the subscription, each of which reads the customer anew, whatever comes of it. */
  attempt: 30,
  /** Checkouts that are opened. */
  checkout: 10,
  /** Changes of the subscription that the provider is asked for. */
  update: 10,
  /** Sessions of the customer portal that are opened. */
  portal: 20,
  /** Pages of orders, and questions about past usage whose answer is not known. Up to three calls each. */
  history: 60,
  /** Looks for an invoice, which is asked for again while it is being made. Up to two calls each. */
  invoice: 60,
  /** Lists of the seats: one call each. */
  seats: 60,
  /** Seats that are given, taken away or offered again: up to four calls each, and an e-mail to somebody. */
  seatChange: 20,
} as const

type Limited = keyof typeof LIMITS

/** Keeps one organization from using up what all of them share. */
export interface OrganizationLimits {
  /** Whether there is room; the answer counts. */
  allows(limited: Limited, organizationId: string): Promise<boolean>
  /** @throws BillingError `TOO_MANY_REQUESTS` with `retryAfter` */
  assert(limited: Limited, organizationId: string): Promise<void>
}

export function createOrganizationLimits(counters: Counters): OrganizationLimits {
  /** Seconds until there is room; 0: there is. */
  async function take(limited: Limited, organizationId: string): Promise<number> {
    const { value, endsIn } = await counters.add(`${limited}:${organizationId}`, 1)
    return value <= LIMITS[limited] ? 0 : Math.max(1, Math.ceil(endsIn / 1_000))
  }

  return {
    allows: async (limited, organizationId) => (await take(limited, organizationId)) === 0,
    assert: async (limited, organizationId) => {
      const retryAfter = await take(limited, organizationId)
      if (retryAfter === 0) return
      throw new BillingError(
        'TOO_MANY_REQUESTS',
        `This organization has asked for this too often: at most ${LIMITS[limited]} times a minute. Try again in ${retryAfter} s.`,
        { retryAfter },
      )
    },
  }
}
