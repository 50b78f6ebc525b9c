import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

// The TypeScript of README.md and docs/*.md, compiled against the built package, so that no guide names what is not there. A sample may
// leave out imports of the package, and use what samples/surroundings.d.ts declares; one of which only a part is shown is fenced as
// ```ts fragment, and left out.

const FOLDER = '.cache/samples'
/** The fence, its language, and the lines between. */
const BLOCK = /^( *)```(tsx?)\n(.*?)^ *```$/gms
/** A sample that says which file it is, where others import it. */
const OWN_NAME = /^ *\/\/ (billing\/\w+)\.ts\n/

rmSync(FOLDER, { recursive: true, force: true })
cpSync('scripts/samples', FOLDER, { recursive: true })
let count = 0
for (const document of ['README.md', ...globSync('docs/*.md')]) {
  const text = readFileSync(document, 'utf8')
  for (const { index, 3: code = '' } of text.matchAll(BLOCK)) {
    const linesBefore = text.slice(0, index).split('\n').length
    const name = OWN_NAME.exec(code)?.[1] ?? `${document}.${linesBefore}`
    write(`${name}.tsx`, '\n'.repeat(linesBefore) + asModule(code))
    count += 1
  }
}
write('package.d.ts', await globals())
const { status, stdout } = spawnSync('tsc', ['-p', FOLDER, '--pretty', 'false'], { encoding: 'utf8' })
console.log(`${stdout}${count} samples; a line number is the document's.`)
process.exitCode = count === 0 || status !== 0 ? 1 : 0

function write(path: string, text: string): void {
  mkdirSync(dirname(`${FOLDER}/${path}`), { recursive: true })
  writeFileSync(`${FOLDER}/${path}`, text)
}

/** Elements that stand side by side become one expression. No line moves. */
function asModule(code: string): string {
  return `${code.replaceAll(/^<[A-Z].*?(?=\n\n|\n$)/gms, 'void (<>$&</>)')}\nexport {}\n`
}

/** Every value that the package exports, as if it were imported. */
async function globals(): Promise<string> {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    exports: Record<string, { default?: string } | string>
  }
  const declarations = new Map<string, string>()
  for (const [path, target] of Object.entries(exports)) {
    if (typeof target === 'string' || !target.default?.endsWith('.js')) continue
    const entry = path.replace('.', 'polar-billing-kit')
    for (const name of Object.keys((await import(`../${target.default}`)) as object)) {
      declarations.set(name, `  const ${name}: typeof import('${entry}').${name}`)
    }
  }
  return `declare global {\n${[...declarations.values()].join('\n')}\n}\nexport {}\n`
}
