import { html } from 'hono/html'
import { claimUrl } from '../billing/invitations.js'
import { assignedSeats } from '../billing/seatScope.js'
import type { SeatRow, SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import type { Form, Markup } from './layout.js'

/** Who has a seat; an invitation, which Polar sends by e-mail, is a link here. */
export function seatsView(world: World, row: SubscriptionRow, form: Form): Markup | '' {
  if (row.seats === null || row.ended_at !== null) return ''
  const seats = assignedSeats(world.db, { subscription_id: row.id, order_id: null })
  const available = Math.max(0, row.seats - seats.length)
  return html`<div class="stack">
    <p class="muted">${available} of ${row.seats} seats free</p>
    <ul class="lines">
      ${seats.map((seat) => seatLine(world, seat, form))}
    </ul>
    ${
      available === 0
        ? ''
        : form(
            `/subscriptions/${row.id}/seats`,
            html`<label class="field"><span>Email</span><input type="email" name="email" required /></label>
              <div><button>Give a seat</button></div>`,
          )
    }
  </div>`
}

function seatLine(world: World, seat: SeatRow, form: Form): Markup {
  const url = claimUrl(world, seat)
  return html`<li class="row">
    <div>
      <p>
        ${seat.email} <span class="badge ${seat.status === 'claimed' ? 'good' : ''}">${seat.status}</span>
      </p>
      ${url === null ? '' : html`<p class="small"><a href="${url}">Invitation</a></p>`}
    </div>
    <div class="row">
      ${seat.status === 'pending' ? form(`/seats/${seat.id}/resend`, html`<button>Send again</button>`) : ''}
      ${form(`/seats/${seat.id}/revoke`, html`<button class="danger">Revoke seat</button>`)}
    </div>
  </li>`
}
