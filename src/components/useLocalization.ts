'use client'
import { useSyncExternalStore } from 'react'
import { useBilling } from '../context.js'
import type { BillingMessages } from '../messages.js'

interface Localization<Name extends keyof BillingMessages> {
  /** BCP 47; absent is what the formatters take by default, `en`. */
  locale: string | undefined
  /** IANA; absent is `UTC`. */
  timeZone: string | undefined
  messages: Partial<BillingMessages[Name]>
}

const never = () => () => undefined

/**
 * The provider's locale, zone and words for a component, and the component's own words over them. Where nothing says the locale or the
 * zone, it is `en` and `UTC` on the server and while hydrating, so that both write the same text, and the browser's own from then on.
 */
export function useLocalization<Name extends keyof BillingMessages>(
  component: Name,
  { messages: own }: { messages?: Partial<BillingMessages[Name]> | undefined } = {},
): Localization<Name> {
  const { locale, timeZone, messages } = useBilling()
  const isMounted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const environment: Partial<Intl.ResolvedDateTimeFormatOptions> = isMounted
    ? new Intl.DateTimeFormat().resolvedOptions()
    : {}
  const given = messages?.[component] as Partial<BillingMessages[Name]> | undefined
  return {
    locale: locale ?? messages?.locale ?? environment.locale,
    timeZone: timeZone ?? environment.timeZone,
    messages: { ...given, ...own },
  }
}
