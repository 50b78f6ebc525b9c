import { BillingError, type UsageHistory, type UsageHistoryInput } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'

export async function getUsageHistory(
  _context: BillingContext,
  _organizationId: string,
  _input: UsageHistoryInput,
): Promise<UsageHistory> {
  throw new BillingError('NOT_IMPLEMENTED', 'getUsageHistory')
}
