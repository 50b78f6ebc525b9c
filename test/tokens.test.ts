import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const components = `${import.meta.dirname}/../src/components`
const read = (path: string): string => readFileSync(`${components}/${path}`, 'utf8')

it('every class that is styled has the tokens', () => {
  const files = globSync('*/*.css', { cwd: components })
  const styled = new Set(files.flatMap((file) => read(file).match(/\.billing-[a-z]+/g) ?? []))
  const [, list = ''] = /:where\(\n([^)]*)\)/.exec(read('tokens.css')) ?? []
  expect(list.split(',').map((selector) => selector.trim())).toEqual([...styled].sort())
})
