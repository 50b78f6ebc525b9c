import type { Context } from 'hono'
import { ValidationFailure } from '../core/errors.js'
import { isUuid } from '../core/ids.js'

const MAX_LIMIT = 100

/** The query of a list, as Polar reads it. */
export class Query {
  readonly #params: URLSearchParams

  constructor(c: Context) {
    this.#params = new URL(c.req.url).searchParams
  }

  one(name: string): string | undefined {
    return this.#params.get(name) ?? undefined
  }

  /** Values of a repeated key, each once. Undefined when absent, which means: no filter. */
  all(name: string): string[] | undefined {
    const values = this.#params.getAll(name)
    return values.length === 0 ? undefined : Array.from(new Set(values))
  }

  ids(name: string): string[] | undefined {
    const values = this.all(name)
    if (values?.every(isUuid) === false) {
      throw this.refuse(name, 'uuid_parsing', 'Input should be a valid UUID')
    }
    return values === undefined ? undefined : Array.from(new Set(values.map((id) => id.toLowerCase())))
  }

  choices(name: string, known: readonly string[]): string[] | undefined {
    const values = this.all(name)
    if (values === undefined || values.every((value) => known.includes(value))) return values
    throw this.refuse(name, 'enum', `Input should be one of ${known.join(', ')}`)
  }

  flag(name: string): boolean | undefined {
    const value = this.one(name)?.toLowerCase()
    if (value === undefined) return undefined
    if (['true', '1', 'on', 'yes', 't', 'y'].includes(value)) return true
    if (['false', '0', 'off', 'no', 'f', 'n'].includes(value)) return false
    throw this.refuse(name, 'bool_parsing', 'Input should be a valid boolean, unable to interpret input')
  }

  moment(name: string): number | undefined {
    const value = this.one(name)
    if (value === undefined) return undefined
    const time = Date.parse(value)
    if (!Number.isNaN(time) && /(?:z|[+-]\d\d:?\d\d)$/i.test(value)) return time
    throw this.refuse(name, 'timezone_aware', 'Input should have timezone info')
  }

  /** `metadata[key]=value` pairs. */
  metadata(): [key: string, value: string][] {
    return Array.from(this.#params.entries()).flatMap(([name, value]) => {
      const key = /^metadata\[(.+)\]$/.exec(name)?.[1]
      return key === undefined ? [] : [[key, value] as [string, string]]
    })
  }

  /** Limits over 100 are cut without a word. */
  page(): { page: number; limit: number } {
    return { page: this.#positive('page', 1), limit: Math.min(this.#positive('limit', 10), MAX_LIMIT) }
  }

  refuse(name: string, type: string, msg: string): ValidationFailure {
    return new ValidationFailure([{ type, loc: ['query', name], msg, input: this.one(name) ?? null }])
  }

  #positive(name: string, fallback: number): number {
    const value = this.one(name)
    if (value === undefined) return fallback
    if (!/^-?\d+$/.test(value)) {
      throw this.refuse(
        name,
        'int_parsing',
        'Input should be a valid integer, unable to parse string as an integer',
      )
    }
    if (Number(value) > 0) return Number(value)
    throw this.refuse(name, 'greater_than', 'Input should be greater than 0')
  }
}
