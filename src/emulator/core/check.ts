import type * as z from 'zod/mini'
import { type Issue, ValidationFailure } from './errors.js'

type ZodIssue = z.core.$ZodIssue

/** Checks a value; what is wrong with it is reported in the words of pydantic. */
export function check<Schema extends z.ZodMiniType>(
  schema: Schema,
  input: unknown,
  loc: readonly (string | number)[] = ['body'],
): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new ValidationFailure(result.error.issues.flatMap((issue) => toIssues(issue, input, loc)))
}

function toIssues(issue: ZodIssue, root: unknown, base: readonly (string | number)[]): Issue[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
  const loc = [...base, ...path]
  const input = valueAt(root, path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      type: 'extra_forbidden',
      loc: [...loc, key],
      msg: 'Extra inputs are not permitted',
      input: valueAt(input, [key]) ?? null,
    }))
  }
  if (input === undefined) {
    return [{ type: 'missing', loc, msg: 'Field required', input: valueAt(root, path.slice(0, -1)) ?? null }]
  }
  return [{ ...describe(issue), loc, input }]
}

function describe(issue: ZodIssue): { type: string; msg: string } {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? { type: 'value_error', msg: 'Input is not valid' }
    case 'invalid_value': {
      const values = issue.values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value)))
      return { type: 'literal_error', msg: `Input should be ${orList(values)}` }
    }
    case 'invalid_format':
      return FORMATS[issue.format] ?? { type: 'value_error', msg: issue.message }
    case 'too_small':
      return SIZES.small(issue.origin, Number(issue.minimum))
    case 'too_big':
      return SIZES.big(issue.origin, Number(issue.maximum))
    case 'custom':
      return { type: 'value_error', msg: issue.message }
    default:
      return { type: 'value_error', msg: 'Input is not valid' }
  }
}

const TYPES: Partial<Record<string, { type: string; msg: string }>> = {
  string: { type: 'string_type', msg: 'Input should be a valid string' },
  number: { type: 'float_type', msg: 'Input should be a valid number' },
  int: { type: 'int_type', msg: 'Input should be a valid integer' },
  boolean: { type: 'bool_type', msg: 'Input should be a valid boolean' },
  array: { type: 'list_type', msg: 'Input should be a valid list' },
  object: { type: 'dict_type', msg: 'Input should be a valid dictionary' },
  record: { type: 'dict_type', msg: 'Input should be a valid dictionary' },
}

const FORMATS: Partial<Record<string, { type: string; msg: string }>> = {
  guid: { type: 'uuid_parsing', msg: 'Input should be a valid UUID' },
  url: { type: 'url_parsing', msg: 'Input should be a valid URL' },
  email: { type: 'value_error', msg: 'value is not a valid email address' },
  datetime: { type: 'timezone_aware', msg: 'Input should have timezone info' },
}

const SIZES = {
  small: sized({ adjective: 'short', bound: 'at least', type: 'greater_than_equal', comparison: 'greater' }),
  big: sized({ adjective: 'long', bound: 'at most', type: 'less_than_equal', comparison: 'less' }),
}

/** How pydantic names a limit of a string, a list or a number. */
function sized(words: { adjective: string; bound: string; type: string; comparison: string }) {
  const { adjective, bound, type, comparison } = words
  return (origin: string, limit: number): { type: string; msg: string } => {
    if (origin === 'string') {
      return { type: `string_too_${adjective}`, msg: `String should have ${bound} ${limit} characters` }
    }
    return origin === 'array'
      ? { type: `too_${adjective}`, msg: `List should have ${bound} ${limit} items after validation` }
      : { type, msg: `Input should be ${comparison} than or equal to ${limit}` }
  }
}

function orList(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}

function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    root,
  )
}
