import { describe, expect, it } from 'vitest'
import { formatList } from '../../src/format/list.js'

describe('formatList', () => {
  it.each([
    ['en', ['Characters', 'Voices', 'Databases'], 'Characters, Voices, and Databases'],
    ['ja', ['Characters', 'Voices'], 'Characters、Voices'],
    ['en', ['Characters'], 'Characters'],
    ['en', [], ''],
    ['en-US@posix', ['Characters', 'Voices'], 'Characters and Voices'],
    ['en', ['{count}', 'Voices'], '{count} and Voices'],
    // Each name by itself, or the Latin ones would turn the sequence around.
    ['ar', ['Characters', 'Voices'], '\u2068Characters\u2069 و\u2068Voices\u2069'],
    ['en', ['أحرف', 'Voices'], '\u2068أحرف\u2069 and Voices'],
  ])('%s: %j is %s', (locale, names, list) => {
    expect(formatList(names, locale)).toBe(list)
  })

  it('is English where nothing says the locale', () => {
    expect(formatList(['Characters', 'Voices'])).toBe('Characters and Voices')
  })
})
