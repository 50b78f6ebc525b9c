import { type Counters, createCounters } from '../limits/createCounters.js'
import type { BillingOptions } from '../options.js'
import type { PaymentProvider, ProviderHealth } from '../paymentProvider.js'
import type { Runtime } from '../runtime.js'
import { createCallBudget } from './callBudget.js'
import { createPolarProvider } from './createPolarProvider.js'
import { createGuard } from './guard.js'

export interface Connection {
  provider: PaymentProvider
  /** What the calls are counted with, for other limits to be counted too. */
  counters: Counters
  readHealth: () => Promise<ProviderHealth>
  /** Whether it may tell of changes. */
  takesWebhooks: boolean
}

/** Polar as the provider, with all that it is to be spared. */
export function connectPolar(
  { polar, webhookSecret = [] }: BillingOptions,
  { database, now, onEvent, warnOnce }: Runtime,
): Connection {
  const webhookSecrets = [webhookSecret].flat().filter(isNamed)
  if (webhookSecrets.length === 0)
    warnOnce('No webhookSecret: webhooks are refused, and changes are seen only when somebody asks.')
  const counters = createCounters(database)
  const budget = createCallBudget(polar, { counters, isShared: database !== undefined, now, onEvent })
  const guard = createGuard({ budget, onEvent })
  const onExtraCall = (): void => void budget.countExtra()
  return {
    provider: createPolarProvider(polar, { webhookSecrets, guard, onExtraCall }),
    counters,
    readHealth: guard.state,
    takesWebhooks: webhookSecrets.length > 0,
  }
}

/** One that came from an unset variable is no secret. */
function isNamed(secret: string | undefined): secret is string {
  return secret !== undefined && secret !== ''
}
