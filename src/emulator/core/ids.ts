const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function newId(): string {
  return crypto.randomUUID()
}

export function isUuid(value: string): boolean {
  return UUID.test(value)
}

/** A prefix and `length` random base62 characters, the form of Polar's tokens and secrets. */
export function newToken(prefix: string, length = 43): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return prefix + Array.from(bytes, (byte) => BASE62.charAt(byte % BASE62.length)).join('')
}

/**
 * The same UUID for the same text in every run, so that catalog entries without an id keep theirs over a
 * restart.
 */
export function stableId(text: string): string {
  const hex = [1, 2, 3, 4].map((seed) => hash(text, seed).toString(16).padStart(8, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A short upper-case code from a text, for invoice numbers. */
export function shortCode(text: string): string {
  return hash(text, 7).toString(36).toUpperCase().padStart(4, '0').slice(-4)
}

function hash(text: string, seed: number): number {
  let value = Math.imul(0x811c9dc5, seed)
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
    value ^= value >>> 15
  }
  return value >>> 0
}
