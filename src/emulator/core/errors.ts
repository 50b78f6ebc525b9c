/** One entry of a 422 answer. */
export interface Issue {
  type: string
  loc: (string | number)[]
  msg: string
  input: unknown
}

/** A refusal as Polar words it: `{ error, detail }`. */
export class ApiError extends Error {
  readonly status: number
  readonly error: string

  constructor(status: number, error: string, detail: string) {
    super(detail)
    this.name = 'ApiError'
    this.status = status
    this.error = error
  }
}

/** Input that Polar does not accept: 422 with a list of what is wrong. */
export class ValidationFailure extends Error {
  readonly issues: readonly Issue[]
  /** Malformed requests and broken business rules have different names in Polar. */
  readonly kind: 'RequestValidationError' | 'PolarRequestValidationError'

  constructor(issues: readonly Issue[], kind: ValidationFailure['kind'] = 'RequestValidationError') {
    super(issues.map(({ loc, msg }) => `${loc.slice(1).join('.')}: ${msg}`).join('; '))
    this.name = 'ValidationFailure'
    this.issues = issues
    this.kind = kind
  }
}

export function notFound(): ApiError {
  return new ApiError(404, 'ResourceNotFound', 'Not found')
}

/** Something that Polar has and the emulator has not. */
export function notEmulated(what: string): ApiError {
  return new ApiError(501, 'NotEmulated', `Polar has this, the emulator has not: ${what}.`)
}

/** A broken business rule about one field of the body. */
export function invalid(
  field: string | readonly (string | number)[],
  msg: string,
  input: unknown,
): ValidationFailure {
  const path = typeof field === 'string' ? [field] : field
  return new ValidationFailure(
    [{ type: 'value_error', loc: ['body', ...path], msg, input: input ?? null }],
    'PolarRequestValidationError',
  )
}
