'use client'
import type { UseMutationResult } from '@tanstack/react-query'
import type { PortalSession } from '../contract/portal.js'
import type { BillingError } from '../contract/errors.js'
import { portalMutationOptions } from '../query/portal.js'
import type { SessionOptions } from '../query/session.js'
import { useSession } from './fromFactory.js'

/**
 * Opens the customer portal: `mutate()` goes there, and stays pending until the page is left. With `redirect: false` the URL comes
 * back as `data.portalUrl`.
 */
export function usePortal(options?: SessionOptions): UseMutationResult<PortalSession, BillingError, void> {
  return useSession(portalMutationOptions, options)
}
