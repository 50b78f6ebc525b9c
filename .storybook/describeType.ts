import type { SBType } from 'storybook/internal/types'
import {
  type Checker,
  NodeBuilderFlags,
  type Project,
  type Symbol,
  type Type,
} from 'typescript/unstable/sync'

interface TypeText {
  summary: string
  /** All of it, where the summary leaves something out. */
  detail?: string
}

interface DescribedType {
  /** For people. */
  text: TypeText
  /** For Storybook's fields. */
  kind: SBType
}

/** So many names of an object are shown before the rest is folded away. */
const NAMES_SHOWN = 4

/** The type of a prop, less `undefined`. */
export function describeType(project: Project, prop: Symbol): DescribedType {
  const { checker } = project
  const type = checker.getTypeOfSymbol(prop)
  if (type === undefined) throw new Error(`TypeScript knows no type of ${prop.name}.`)
  const values = stringsOf(checker, type)
  if (values) return { text: { summary: quoted(values) }, kind: { name: 'enum', value: values } }
  const resolved = withoutUndefined(textOf(checker, type))
  if (/^\(?(\{|Partial<|ClassNames<)/.test(resolved))
    return { text: namesOf(checker, type), kind: { name: 'object', value: {} } }
  const summary = mostTelling(resolved, writtenType(project, prop))
  return { text: { summary }, kind: kindOf(resolved) }
}

/** The names of plans and meters, and of what functions take, are in the source alone. */
function mostTelling(resolved: string, written: string): string {
  const isNamed = resolved === 'string' && /^[A-Z]\w+$/.test(written)
  const isFunction = resolved.includes('=>') && written.includes('=>')
  return isNamed || isFunction ? written : resolved
}

function kindOf(resolved: string): SBType {
  const name = resolved.replace(' | null', '')
  if (name === 'string' || name === 'number' || name === 'boolean') return { name }
  // Cannot be typed into a field.
  if (/React|^Render|=>/.test(name)) return { name: 'other', value: name }
  return { name: 'object', value: {} }
}

function textOf(checker: Checker, type: Type): string {
  const flags = NodeBuilderFlags.NoTruncation | NodeBuilderFlags.UseSingleQuotesForStringLiteralType
  return checker.typeToString(type, undefined, flags)
}

/** The type as its source has it, if that is one: of alternatives, those that leave the prop out say nothing. */
function writtenType(project: Project, { declarations }: Symbol): string {
  const written = declarations.map((declaration) => {
    const source = declaration.resolve(project)?.getText().replace(/[;,]$/, '') ?? ''
    return withoutUndefined(source.slice(source.indexOf(':') + 1))
  })
  const [only, ...others] = written.filter((type) => type !== 'never')
  return others.length === 0 ? (only ?? '') : ''
}

function withoutUndefined(type: string): string {
  return type
    .replace(/\| undefined$/, '')
    .trim()
    .replace(/^\((\(.*)\)$/, '$1')
}

/** The values of a choice between strings. */
function stringsOf(checker: Checker, type: Type): string[] | undefined {
  const members = type.isUnionType() ? type.getTypes() : [type]
  const present = members.filter((member) => member !== checker.getUndefinedType())
  return present.every((member) => member.isStringLiteralType())
    ? present.map(({ value }) => value)
    : undefined
}

function quoted(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(' | ')
}

/** The names of an object that has a text for each, such as classes and words. */
function namesOf(checker: Checker, type: Type): TypeText {
  const object = checker.getNonNullableType(type) ?? type
  const names = checker
    .getPropertiesOfType(object)
    .map(({ name }) => (/^[a-z]\w*$/i.test(name) ? `${name}?` : `'${name}'?`))
    .toSorted((one, other) => Number(other === 'root?') - Number(one === 'root?'))
  if (names.length <= NAMES_SHOWN) return { summary: `{ ${names.join(', ')} }` }
  return { summary: `{ ${names.slice(0, NAMES_SHOWN).join(', ')}, … }`, detail: names.join('\n') }
}
