import {
  type CheckoutChoice,
  type CheckoutEntry,
  type CheckoutTable,
  MAX_LISTED,
  NO_SESSION,
  toKey,
} from './checkoutTable.js'

/** More organizations do not buy in a day. */
const MAX_REMEMBERED = 10_000

/** The sessions of this process. Its requests share their attempts anyway, so that nobody ever waits for a lease here. */
export function createMemoryCheckoutTable(): CheckoutTable {
  const organizations = new Map<string, ReadonlyMap<string, CheckoutEntry>>()

  function find(choice: CheckoutChoice): CheckoutEntry {
    return organizations.get(choice.organizationId)?.get(toKey(choice)) ?? NO_SESSION
  }

  // A map keeps the order of insertion: the last ones are the newest.
  function remember(choice: CheckoutChoice, entry: CheckoutEntry): void {
    const key = toKey(choice)
    const others = Array.from(organizations.get(choice.organizationId) ?? []).filter(
      ([other]) => other !== key,
    )
    organizations.delete(choice.organizationId)
    organizations.set(choice.organizationId, new Map([...others, [key, entry] as const].slice(-MAX_LISTED)))
    if (organizations.size > MAX_REMEMBERED) organizations.delete(organizations.keys().next().value as string)
  }

  return {
    list: async (organizationId) => Array.from(organizations.get(organizationId)?.values() ?? []),
    find: async (choice) => find(choice),
    takeLease: async (choice, revision) =>
      find(choice).revision === revision ? { choice, id: '' } : undefined,
    renew: async () => undefined,
    succeed: async ({ choice }, { checkoutId, expiresAt }) => {
      const revision = find(choice).revision + 1
      remember(choice, { checkoutId, expiresAt: new Date(expiresAt), revision, failure: null })
      return true
    },
    fail: async () => undefined,
  }
}
