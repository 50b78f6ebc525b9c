import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// About the package as it is published: `npm ci` and `npm run build` make it.

interface Manifest {
  name: string
  exports: Record<string, string | { types: string; default: string }>
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
const entries = Object.entries(manifest.exports).flatMap(([path, target]) =>
  typeof target === 'string' || path.endsWith('.css') ? [] : [[path, target] as const],
)

/** Runs code in a plain Node that knows nothing of tests. */
const inNode = (code: string): string =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' }).trim()

describe('the entries', () => {
  it.each(entries)('%s: is built, with types, and imports in plain Node', (path, target) => {
    const specifier = path.replace('.', manifest.name)
    const names = inNode(`console.log(Object.keys(await import('${specifier}')).join(' '))`)
    expect(names.split(' ')).toMatchSnapshot()
    expect(readFileSync(target.types, 'utf8')).toContain('export')
  })

  it('styles.css is built', () => {
    expect(readFileSync('dist/styles.css', 'utf8')).toContain('.billing-badge')
    expect(readFileSync('dist/styles.css.d.ts', 'utf8')).toContain('export')
  })

  it('every source file is built', () => {
    const sources = globSync('src/**/*.{ts,tsx}')
      .filter((path) => !path.endsWith('.d.ts'))
      .map((path) => path.replace(/^src/, 'dist').replace(/\.tsx?$/, '.js'))
    expect(globSync('dist/**/*.js').toSorted()).toEqual(sources.toSorted())
  })
})

describe('`use client`', () => {
  const isClient = (path: string) => /^['"]use client['"]/.test(readFileSync(path, 'utf8'))
  const usesState = (path: string) =>
    /from ['"](react|@tanstack\/react-query)['"]/.test(readFileSync(path, 'utf8'))

  it('stands in the files that need it: hooks, context, connected components', () => {
    const marked = globSync('dist/**/*.js').filter(isClient)
    expect(marked.map((path) => path.replaceAll('\\', '/')).toSorted()).toMatchSnapshot()
  })

  it('stands in no option factory, view, contract, transport or server file', () => {
    const plain = globSync('dist/{contract,transports,query,server,format,testing,emulator}/**/*.js')
    expect(plain.filter(isClient)).toEqual([])
    expect(globSync('dist/components/**/*View.js').filter(isClient)).toEqual([])
    expect(globSync('dist/hooks/use*.js').filter((path) => usesState(path) && !isClient(path))).toEqual([])
  })
})
