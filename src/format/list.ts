import { knownLocale } from './locale.js'
import { formatMessage } from './message.js'

/** Writes names as a list: `formatList(['Characters', 'Voices'], 'en')` is "Characters and Voices". */
export function formatList(names: readonly string[], locale?: string): string {
  const format = new Intl.ListFormat(knownLocale(locale))
  // As a message, which keeps a Latin name from turning an Arabic list around.
  const template = format.format(names.map((_, index) => `{${index}}`))
  return formatMessage(template, Object.fromEntries(names.entries()))
}
