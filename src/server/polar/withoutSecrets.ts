/**
 * Names of what opens a door: client secrets, tokens of sessions and invitations, license keys, addresses of checkouts, portals and
 * files. By the name alone and at any depth, so that it holds for types of events and fields that nobody knows yet.
 */
const OPENING = /secret|token|password|(?:url|key)$/i

type Opening =
  | `${string}secret${string}`
  | `${string}token${string}`
  | `${string}password${string}`
  | `${string}url`
  | `${string}key`

/** A payload as it is kept: without the fields that open doors. */
export type WithoutSecrets<T> = T extends readonly (infer Item)[]
  ? WithoutSecrets<Item>[]
  : T extends object
    ? { [Key in keyof T as Key extends Opening ? never : Key]: WithoutSecrets<T[Key]> }
    : T

/** What came as JSON, without what opens doors, and without what no database can store (NUL, half a surrogate pair). */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD')
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !OPENING.test(key))
      .map(([key, inner]) => [withoutSecrets(key), withoutSecrets(inner)]),
  )
}
