/** The locale if `Intl` can use it, else `en`: a page must not break because a browser or a system calls its own "en-US@posix". */
export function knownLocale(locale = 'en'): string {
  try {
    Intl.getCanonicalLocales(locale)
    return locale
  } catch {
    return 'en'
  }
}
