'use client'
import { useSyncExternalStore } from 'react'
import { useBilling } from '../context.js'

export interface Locale {
  /** BCP 47 */
  locale: string
  /** IANA */
  timeZone: string
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
  const own = isMounted ? new Intl.DateTimeFormat().resolvedOptions() : { locale: 'en', timeZone: 'UTC' }
  return { locale: locale ?? own.locale, timeZone: timeZone ?? own.timeZone }
}
