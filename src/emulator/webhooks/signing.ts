/**
 * Key of a signature: new secrets are base64 after their prefix, old and self-made ones are taken as text.
 */
function signingKey(secret: string, standard: boolean): Uint8Array<ArrayBuffer> {
  if (!standard) return new TextEncoder().encode(secret)
  const binary = atob(secret.replace(/^whsec_/, ''))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

/** Whether a secret can be used in the standard style at all. */
export function isStandardSecret(secret: string): boolean {
  try {
    return secret.startsWith('whsec_') && signingKey(secret, true).length > 0
  } catch {
    return false
  }
}

/** The `webhook-signature` header of a delivery. */
export async function sign(input: {
  id: string
  timestamp: number
  body: string
  secret: string
  standard: boolean
}): Promise<string> {
  const bytes = signingKey(input.secret, input.standard)
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const content = new TextEncoder().encode(`${input.id}.${input.timestamp}.${input.body}`)
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, content))
  return `v1,${btoa(String.fromCharCode(...signature))}`
}
