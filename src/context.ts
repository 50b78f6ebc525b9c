'use client'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, createElement, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { MessageOverrides } from './messages.js'
import { type BillingQueryConfig, billingQueryKey } from './query/config.js'

export interface BillingProviderProps extends Omit<BillingQueryConfig, 'shown'> {
  /** BCP 47, for dates, numbers and money. @default the browser's, `en` on the server */
  locale?: string | undefined
  /** IANA, for dates. @default the browser's, `UTC` on the server */
  timeZone?: string | undefined
  /** Other words: some of your own, or a whole language from `polar-billing-kit/i18n/…`. @default English */
  messages?: MessageOverrides | undefined
  /** Whether pages hear of changes as they happen, where the transport can `subscribe`. @default true */
  live?: boolean | undefined
  children?: ReactNode
}

export type BillingContextValue = Omit<BillingProviderProps, 'children' | 'live'> & BillingQueryConfig

const BillingContext = createContext<BillingContextValue | undefined>(undefined)

/** Gives hooks and components their transport and organization. It uses the app's own QueryClient. */
export function BillingProvider({
  children,
  transport,
  organizationId,
  catalog,
  embed,
  locale,
  timeZone,
  messages,
  live = true,
}: BillingProviderProps): ReactNode {
  const queryClient = useQueryClient()
  const [shown] = useState(() => new Set<string | null>())
  const value = useMemo(
    () => ({
      transport,
      organizationId,
      catalog,
      embed,
      shown,
      locale,
      timeZone,
      messages,
    }),
    [transport, organizationId, catalog, embed, shown, locale, timeZone, messages],
  )
  useEffect(() => {
    shown.add(organizationId)
    const controller = new AbortController()
    // Not needed for the first paint. A page that outlived its deploy does without.
    import('./query/keepFresh.js').then(
      ({ keepFresh }) =>
        keepFresh(queryClient, billingQueryKey(organizationId), transport, live, controller.signal),
      () => undefined,
    )
    return () => {
      shown.delete(organizationId)
      controller.abort()
    }
  }, [queryClient, organizationId, live, transport, shown])
  return createElement(BillingContext.Provider, { value }, children)
}

/**
 * What the provider holds: for hooks of your own over the option factories.
 *
 * @throws Error outside `<BillingProvider>`
 */
export function useBilling(): BillingContextValue {
  const value = useContext(BillingContext)
  if (!value) {
    throw new Error('There is no <BillingProvider> above.')
  }
  return value
}
