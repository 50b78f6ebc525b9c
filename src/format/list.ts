import { knownLocale } from './locale.js'

/** Writes names as a list: `formatList(['Characters', 'Voices'], 'en')` is "Characters and Voices". */
export function formatList(names: readonly string[], locale?: string): string {
  return new Intl.ListFormat(knownLocale(locale)).format(names)
}
