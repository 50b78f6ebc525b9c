'use client'
import { useSyncExternalStore } from 'react'
import { useBilling } from '../context.js'

/** What is absent is what the formatters take by default: `en` and `UTC`. */
export interface Locale {
  /** BCP 47 */
  locale: string | undefined
  /** IANA */
  timeZone: string | undefined
}

const never = () => () => undefined

/**
 * The provider's locale and zone. What it does not say is `en` and `UTC` on the server and while hydrating, so that both write the
 * same text, and the browser's own from then on.
 */
export function useLocale(): Locale {
  const { locale, timeZone } = useBilling()
  const isMounted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const own: Partial<Locale> = isMounted ? new Intl.DateTimeFormat().resolvedOptions() : {}
  return { locale: locale ?? own.locale, timeZone: timeZone ?? own.timeZone }
}
