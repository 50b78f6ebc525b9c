import type { SeatRow } from '../core/rows.js'
import { type World, publicUrl } from '../core/world.js'

/** Where the e-mail leads that Polar sends to whoever is given a seat; `null`: there is no invitation to answer. */
export function claimUrl(world: World, { invitationToken }: SeatRow): string | null {
  if (invitationToken === null) return null
  const query = new URLSearchParams({ invitation_token: invitationToken })
  return `${publicUrl(world)}/${world.organization.slug}/portal/claim?${query.toString()}`
}
