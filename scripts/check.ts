import { spawnSync } from 'node:child_process'

// Everything that must hold beside the tests. Each line is a check; the last line counts them.

const CHECKS = {
  types: 'tsc --noEmit',
  lint: 'oxlint --type-aware --max-warnings 0',
  'layer directions': 'oxlint -A all -D no-restricted-imports -D import/no-cycle --import-plugin',
  format: 'oxfmt --check',
  build: 'npm run --silent build',
  'types of the built package': 'tsc -p test/types',
  'samples of the guides': 'tsx scripts/samples.ts',
  publint: 'publint --strict',
  attw: 'attw --pack . --profile esm-only --exclude-entrypoints ./styles.css',
  knip: 'knip',
  size: 'tsx scripts/size.ts',
}

let failed = 0
for (const [name, command] of Object.entries(CHECKS)) {
  const { status, stdout, stderr } = spawnSync(command, { shell: true, encoding: 'utf8' })
  const passed = status === 0
  if (!passed) failed += 1
  console.log(`${passed ? 'ok    ' : 'FAILED'}  ${name}`)
  if (!passed || name === 'size') console.log(`${stdout}${stderr}`.trimEnd().replaceAll(/^/gm, '          '))
}
console.log(`${Object.keys(CHECKS).length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
