import { API, type Project, type Symbol, SymbolFlags } from 'typescript/unstable/sync'
import type { StrictInputType } from 'storybook/internal/types'
import type { ComponentDocs } from 'virtual:component-docs'
import { describeType } from './describeType.js'

/** What most components take, below what is their own. */
const SHARED = ['locale', 'timeZone', 'messages', 'classNames', 'unstyled', 'render', 'renderButton']

/** The docs of every component that the package exports, by name, from the types as TypeScript resolves them. */
export function readComponents(root: string): Record<string, ComponentDocs> {
  const config = `${root}/tsconfig.build.json`
  const api = new API({ cwd: root })
  try {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config)
    if (project === undefined) throw new Error(`TypeScript cannot open ${config}.`)
    return readExports(project, `${root}/src/index.ts`)
  } finally {
    api.close()
  }
}

function readExports(project: Project, entry: string): Record<string, ComponentDocs> {
  const { checker, program } = project
  const file = program.getSourceFile(entry)
  const module = file && checker.getSymbolAtLocation(file)
  if (module === undefined) throw new Error(`${entry} exports nothing.`)
  const exported = new Map(
    checker.getExportsOfModule(module).map((symbol) => [symbol.name, checker.getAliasedSymbol(symbol)]),
  )
  const docs: Record<string, ComponentDocs> = {}
  for (const [name, component] of exported) {
    const props = exported.get(`${name}Props`)
    if (props) docs[name] = readComponent(project, component, props)
  }
  return docs
}

function readComponent(project: Project, component: Symbol, props: Symbol): ComponentDocs {
  const { checker } = project
  const all = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(props))
  const own = all.filter((prop) => !isForeign(prop))
  const sorted = own.toSorted((one, other) => SHARED.indexOf(one.name) - SHARED.indexOf(other.name))
  return {
    description: component.getDocumentationComment(checker),
    props: Object.fromEntries(sorted.map((prop) => [prop.name, readProp(project, prop)])),
    isElement: own.length < all.length,
  }
}

function isForeign({ declarations }: Symbol): boolean {
  return declarations.length > 0 && declarations.every(({ path }) => path.includes('/node_modules/'))
}

function readProp(project: Project, prop: Symbol): StrictInputType {
  const { checker } = project
  const defaultValue = prop.getJsDocTags(checker).find(({ name }) => name === 'default')?.text
  const { text, kind } = describeType(project, prop)
  return {
    name: prop.name,
    description: prop.getDocumentationComment(checker),
    type: { ...kind, required: !(prop.flags & SymbolFlags.Optional) },
    table: {
      type: text,
      ...(defaultValue !== undefined && { defaultValue: { summary: defaultValue.replaceAll('`', '') } }),
    },
    ...(kind.name === 'other' && { control: false }),
  }
}
