import { formatMessage, type Message } from '../format/message.js'

/** A component's texts, in English: what its `…Messages.ts` holds. */
export type Messages = Readonly<Record<string, Message>>

/** The same texts in other words. A message may have plural forms where the English one has none. */
export type Translation<English extends Messages> = { readonly [Key in keyof English]: Message }

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type TextOf<M extends Message> = M extends string ? M : M[keyof M]
type Values<M extends Message> = {
  [Name in Names<TextOf<M>>]: Name extends 'count' ? number : string | number
}

/** What a View takes to write its texts, numbers and dates. */
export interface LocalizedProps<English extends Messages> {
  /** BCP 47. @default 'en' */
  locale?: string | undefined
  /** IANA. @default 'UTC' */
  timeZone?: string | undefined
  /** Other words for some of the texts. */
  messages?: Partial<Translation<English>> | undefined
}

/** Writes one text, with what fills its names. */
export type Translate<English extends Messages> = <Key extends keyof English & string>(
  key: Key,
  ...values: [Names<TextOf<English[Key]>>] extends [never] ? [] : [Values<English[Key]>]
) => string

/** Writes a component's texts: the given words, or English. `text('cancelsOn', { date })` wants what the English text names. */
export function translator<const English extends Messages>(
  english: English,
  messages: Partial<Translation<English>> | undefined,
  locale: string | undefined,
): Translate<English> {
  return (key, ...[values]) => {
    const own = messages?.[key]
    return formatMessage((own ?? english[key]) as Message, values, locale, own === undefined ? 'en' : locale)
  }
}
