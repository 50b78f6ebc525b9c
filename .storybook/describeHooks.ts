import { join } from 'node:path'
import { type Declaration, readModule, type SourceModule } from './sourceModule.js'

export interface MemberDocs {
  name: string
  type: string
  docs: string
}

export interface TypeDocs {
  name: string
  docs: string
  /** Its declaration, where that is not a list of members. */
  code?: string
  members?: MemberDocs[]
  /** The types whose members it has, too. */
  beside?: string[]
}

export interface HookDocs {
  name: string
  docs: string
  signature: string
  /** What the signature names, and what that names. */
  types: TypeDocs[]
}

// Said once for all hooks, or too much for one of them.
const ELSEWHERE = /\/(errors|register|transport|messages|embed|catalog)\.ts$/

/** All public hooks, as their sources say. */
export function describeHooks(root: string): HookDocs[] {
  const { origins } = readModule(join(root, 'src/index.ts'))
  return [...origins]
    .filter(([name]) => /^use[A-Z]/.test(name))
    .map(([name, file]) => describeHook(name, file))
}

function describeHook(name: string, file: string): HookDocs {
  const module = readModule(file)
  const all = (module.declarations.get(name) ?? []).filter((one) => 'params' in one)
  // Whoever calls it sees the overloads, and not what implements them.
  const visible = all.length > 1 ? all.slice(0, -1) : all
  const signature = visible.map((one) =>
    module.text({ start: one.start, end: one.body?.start ?? one.end }).trim(),
  )
  return {
    name,
    docs: visible.map(({ start }) => module.docs(start)).find((docs) => docs !== '') ?? '',
    signature: signature.join('\n'),
    types: typesIn(signature.join('\n'), file, new Set()),
  }
}

/** The types of ours that a piece of a file's code names, each before those that it names itself. */
function typesIn(code: string, file: string, seen: Set<string>): TypeDocs[] {
  const here = readModule(file)
  return (code.replaceAll(/\/\*[^]*?\*\//g, '').match(/\b[A-Z]\w+/g) ?? []).flatMap((name) => {
    const origin = here.declarations.has(name) ? file : here.origins.get(name)
    if (origin === undefined || ELSEWHERE.test(origin) || seen.has(name)) return []
    seen.add(name)
    const module = readModule(origin)
    const declaration = module.declarations.get(name)?.[0]
    if (declaration === undefined) return []
    return [describeType(name, declaration, module), ...typesIn(module.text(declaration), origin, seen)]
  })
}

function describeType(name: string, declaration: Declaration, module: SourceModule): TypeDocs {
  const docs = module.docs(declaration.start)
  if (declaration.type !== 'TSInterfaceDeclaration') return { name, docs, code: module.text(declaration) }
  return {
    name,
    docs,
    beside: declaration.extends.map((one) => module.text(one)),
    members: declaration.body.body.flatMap((member) =>
      member.type === 'TSPropertySignature' && member.typeAnnotation !== null
        ? {
            name: `${module.text(member.key)}${member.optional ? '?' : ''}`,
            type: module.text(member.typeAnnotation.typeAnnotation),
            docs: module.docs(member.start),
          }
        : [],
    ),
  }
}
