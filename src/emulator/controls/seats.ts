import { claimUrl } from '../billing/invitations.js'
import type { Host } from './host.js'
import type { EmulatorControls } from './types.js'

export function seatControls(host: Host): Pick<EmulatorControls, 'listInvitations'> {
  return {
    listInvitations: ({ email } = {}) =>
      Array.from(host.world.db.seats.values())
        .filter((seat) => email === undefined || seat.email === email)
        .flatMap((seat) => {
          const { invitationToken: token, invitedAt, invitation_token_expires_at: expiresAt } = seat
          const url = claimUrl(host.world, seat)
          if (url === null || token === null || invitedAt === null || expiresAt === null) return []
          return {
            seat_id: seat.id,
            email: seat.email ?? '',
            url,
            invitation_token: token,
            sent_at: invitedAt,
            expires_at: expiresAt,
          }
        }),
  }
}
