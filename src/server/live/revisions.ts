import type { Changed } from '../../contract/index.js'

/** How often each kind of thing has changed. */
export type Revisions = Readonly<Record<Changed, number>>

/** The id of an event: after it the browser knows of these revisions. */
export function toEventId({ status, usage }: Revisions): string {
  return `${status}.${usage}`
}

/** `null`: none was sent, or one that is not ours. */
export function parseEventId(id: string | null): Revisions | null {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(id ?? '')
  return match && { status: Number(match[1]), usage: Number(match[2]) }
}

/** Messages and rows may overtake each other: the higher number is the later one. */
export function laterOf(some: Revisions, other: Revisions): Revisions {
  return { status: Math.max(some.status, other.status), usage: Math.max(some.usage, other.usage) }
}
