import { globSync, readFileSync } from 'node:fs'
import * as kit from 'polar-billing-kit'
import { describe, expect, it } from 'vitest'

const hooks = Object.keys(kit).filter((name) => /^use[A-Z]/.test(name))
/** A hook for `<Suspense>` has its stories on the page of the one that it is a variant of. */
const pageOf = (hook: string): string => hook.replace('useSuspense', 'use')

describe.each(hooks)('%s', (hook) => {
  const file = `stories/hooks/${pageOf(hook)}.stories.tsx`
  const stories = globSync(file).map((path) => readFileSync(path, 'utf8'))

  it('has a page in Storybook', () => {
    expect(stories.join()).toContain(`title: 'Hooks/${pageOf(hook)}'`)
  })

  it('is used by a story, which proves what it does', () => {
    expect(stories.join()).toMatch(new RegExp(`\\b${hook}\\(`))
    expect(stories.join()).toContain('play:')
  })
})
