import { ar } from 'polar-billing-kit/i18n/ar'
import { de } from 'polar-billing-kit/i18n/de'
import { fr } from 'polar-billing-kit/i18n/fr'
import { ja } from 'polar-billing-kit/i18n/ja'
import type { Message } from 'polar-billing-kit'
import { describe, expect, it } from 'vitest'

type Words = Readonly<Record<string, Message>>

const files = import.meta.glob<Record<string, Words>>('../src/components/*/*Messages.ts', { eager: true })
const english = Object.fromEntries(
  Object.entries(files).map(([path, module]) => [
    /(\w+)Messages\.ts$/.exec(path)?.[1] ?? path,
    Object.values(module)[0] ?? {},
  ]),
)
const nameOf = (component: string): string => component.charAt(0).toLowerCase() + component.slice(1)

const textsOf = (message: Message): string[] =>
  typeof message === 'string' ? [message] : Object.values(message)
const placeholders = (message: Message): string[] =>
  [...new Set(textsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort()

describe.each([
  ['ar', ar],
  ['de', de],
  ['fr', fr],
  ['ja', ja],
])('%s', (language, { locale, ...components }) => {
  const entries = Object.entries(components as Record<string, Words>).flatMap(([component, words]) =>
    Object.entries(words).map(([key, message]) => ({ component, key, message })),
  )

  it('names its language, and each text of each component', () => {
    expect(locale).toBe(language)
    for (const [component, words] of Object.entries(components as Record<string, Words>)) {
      expect(Object.keys(words).sort(), component).toEqual(
        Object.keys(english[nameOf(component)] ?? {}).sort(),
      )
    }
  })

  it('fills in what the English texts fill in', () => {
    for (const { component, key, message } of entries) {
      const expected = english[nameOf(component)]?.[key] ?? ''
      expect([component, key, placeholders(message)]).toEqual([component, key, placeholders(expected)])
    }
  })

  it('has a form for each plural of the language', () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
    const plural = entries.filter(({ message }) => typeof message !== 'string')
    expect(plural.length).toBeGreaterThan(0)
    for (const { component, key, message } of plural) {
      expect([component, key, Object.keys(message).sort()]).toEqual([
        component,
        key,
        [...pluralCategories].sort(),
      ])
    }
  })

  it('is a translation, and nothing is left empty', () => {
    const texts = entries.flatMap(({ message }) => textsOf(message))
    expect(texts.filter((text) => text.trim() === '')).toEqual([])
    const isSame = ({ component, key, message }: (typeof entries)[number]): boolean =>
      JSON.stringify(message) === JSON.stringify(english[nameOf(component)]?.[key])
    expect(entries.filter(isSame).length).toBeLessThan(entries.length / 10)
  })
})
