import { writeFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { defineConfig } from 'tsup'

// One output file for each source file: `'use client'` stays exactly where it was written, and an app's bundler drops what it
// does not use. Declarations come from `tsc`: TypeScript 7 ships no compiler API for tsup's own.
export default defineConfig({
  entry: ['src/**/*.{ts,tsx}', '!src/**/*.d.ts'],
  format: 'esm',
  target: 'es2022',
  bundle: false,
  splitting: false,
  clean: true,
  sourcemap: false,
  // Hundreds of lines, one for each file, in the first thing that a newcomer runs.
  silent: true,
  onSuccess: async () => {
    await build({
      entryPoints: ['src/styles.css'],
      bundle: true,
      outfile: 'dist/styles.css',
      logLevel: 'error',
    })
    // An app without a bundler's types may import the styles too.
    await writeFile('dist/styles.css.d.ts', 'export {}\n')
  },
})
