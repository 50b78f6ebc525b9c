import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ESTree, parseSync } from 'vite'

export type Declaration =
  | ESTree.Function
  | ESTree.TSInterfaceDeclaration
  | ESTree.TSTypeAliasDeclaration
  | ESTree.Class

/** One TypeScript file, by its top-level declarations. */
export interface SourceModule {
  /** Several where a function has overloads. */
  declarations: ReadonlyMap<string, readonly Declaration[]>
  /** In which file of ours each imported or passed on name is declared. */
  origins: ReadonlyMap<string, string>
  text: (node: { start: number; end: number }) => string
  /** The docstring right above a position, without its stars; empty where there is none. */
  docs: (position: number) => string
}

export function readModule(file: string): SourceModule {
  const source = readFileSync(file, 'utf8')
  const { program, comments } = parseSync(file, source)
  const declarations = new Map<string, Declaration[]>()
  const origins = new Map<string, string>()
  for (const statement of program.body) {
    if ('source' in statement && statement.source !== null && 'specifiers' in statement) {
      for (const specifier of statement.specifiers) remember(specifier, statement.source.value)
    }
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declared !== null && 'id' in declared && declared.id?.type === 'Identifier') {
      const others = declarations.get(declared.id.name) ?? []
      declarations.set(declared.id.name, [...others, declared as Declaration])
    }
  }
  return { declarations, origins, text: ({ start, end }) => source.slice(start, end), docs }

  function remember({ local }: { local: ESTree.Node }, from: string): void {
    const path = join(dirname(file), from).replace(/\.js$/, '')
    const origin = [`${path}.ts`, `${path}.tsx`].find((candidate) => existsSync(candidate))
    if (from.startsWith('.') && origin !== undefined && local.type === 'Identifier')
      origins.set(local.name, origin)
  }

  function docs(position: number): string {
    const above = comments.findLast(
      ({ value, end }) =>
        value.startsWith('*') && /^\s*(export )?$/.test(source.slice(end, position)) && end <= position,
    )
    return (above?.value ?? '')
      .replace(/^\*/, '')
      .replaceAll(/^ *\* ?/gm, '')
      .trim()
  }
}
