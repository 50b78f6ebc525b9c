import { knownLocale } from './locale.js'
import { formatQuantity } from './quantity.js'

/** A text with `{names}` to fill in, or one for each plural form of its `count` in CLDR's categories. */
export type Message =
  | string
  | ({ readonly [Form in Intl.LDMLPluralRule]?: string } & { readonly other: string })

/** What fills a message's names: text as it is, numbers written in the locale. */
export type MessageValues = Readonly<Record<string, string | number>>

const RIGHT_TO_LEFT = /[\u0590-\u08FF\u200F]/

/**
 * Fills a message. The plural form follows the rules of `language`, the one that the message is written in; numbers follow `locale`:
 * `formatMessage({ one: '{count} seat', other: '{count} seats' }, { count: 2 })` is "2 seats".
 */
export function formatMessage(
  message: Message,
  values: MessageValues = {},
  locale?: string,
  language = locale,
): string {
  const template =
    typeof message === 'string'
      ? message
      : (message[new Intl.PluralRules(knownLocale(language)).select(Number(values['count']))] ??
        message.other)
  return template.replace(/\{(\w+)\}/g, (name, key: string) => {
    const value = values[key] ?? name
    const written = typeof value === 'number' ? formatQuantity(value, locale) : value
    // Isolated, or a Latin name tears the numbers beside it out of an Arabic sentence, and the other way round.
    return RIGHT_TO_LEFT.test(template + written) ? `\u2068${written}\u2069` : written
  })
}
