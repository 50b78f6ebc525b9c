import { build } from 'esbuild'
import { expect, it } from 'vitest'

// Edge runtimes have no modules of Node. Those that are asked for at run time, where there are some, do not hinder the import.
it('the server half imports no module of Node', async () => {
  const { warnings, metafile } = await build({
    entryPoints: ['src/server/index.ts'],
    bundle: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['worker', 'import'],
    format: 'esm',
    // Loaded where there is a database, which needs Node anyway.
    external: ['pg-boss'],
    write: false,
    metafile: true,
    logLevel: 'silent',
  })
  expect(warnings).toEqual([])
  const [output] = Object.values(metafile.outputs)
  expect(output?.imports).toEqual([{ path: 'pg-boss', kind: 'dynamic-import', external: true }])
})
