import type * as z from 'zod/mini'
import { BillingError, type BillingErrorCode } from './errors.js'
import type { Operation, Operations } from './operations.js'
import { INPUT_SCHEMAS } from './inputSchemas.js'
import { ANSWER_SCHEMAS } from './schemas.js'

/**
 * Checks a backend's answer and leaves it as it is (a parsed copy would lose unknown fields).
 *
 * @throws BillingError `INVALID_RESPONSE` naming the field and what was expected there.
 */
export function validateAnswer(operation: Operation, answer: unknown): void {
  check(ANSWER_SCHEMAS[operation], operation, answer, 'INVALID_RESPONSE')
}

/**
 * Checks what a caller sent; nothing at all counts as no fields.
 *
 * @throws BillingError `BAD_REQUEST` naming the field and what was expected there.
 */
export function parseInput<Name extends Operation>(
  operation: Name,
  input: unknown,
): Operations[Name]['input'] {
  const given = input ?? {}
  check(INPUT_SCHEMAS[operation], operation, given, 'BAD_REQUEST')
  return given
}

function check(schema: z.ZodMiniType, operation: Operation, value: unknown, code: BillingErrorCode): void {
  const { error } = schema.safeParse(value)
  if (error !== undefined) {
    throw new BillingError(code, `${operation}: ${error.issues.map(describe).join('; ')}.`, { cause: error })
  }
}

type Issue = z.core.$ZodIssue

// `zod/mini` ships no sentences of its own: every issue would read "Invalid input".
function describe(issue: Issue): string {
  const where = issue.path.length === 0 ? 'the value' : `\`${issue.path.map(String).join('.')}\``
  return `${where} ${expectation(issue)}`
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be of type ${issue.expected}`
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'unrecognized_keys':
      return `has fields that do not belong there: ${issue.keys.join(', ')}`
    case 'too_small':
      return `must be above ${String(issue.minimum)}`
    case 'too_big':
      return `must be at most ${String(issue.maximum)}${issue.origin === 'string' ? ' characters' : ''}`
    default:
      return `is not valid (${issue.message})`
  }
}
