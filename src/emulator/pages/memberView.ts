import { html } from 'hono/html'
import { sourceOf } from '../billing/seats.js'
import type { MemberRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import type { Markup } from './layout.js'
import { includedWords } from './words.js'

/** The portal of who has a seat and pays nothing: what the seats give, and no bills. */
export function memberView(world: World, member: MemberRow): Markup {
  const seats = Array.from(world.db.seats.values()).filter(
    (seat) => seat.member_id === member.id && seat.status === 'claimed',
  )
  return html`<main class="portal stack wide">
    <div class="stack tight">
      <h1>Your seats</h1>
      <p class="muted">${member.email}</p>
    </div>
    ${
      seats.length === 0
        ? html`<p class="card muted">You have no seat.</p>`
        : seats.map((seat) => {
            const product = sourceOf(world, seat)?.product
            if (product === undefined) return ''
            return html`<article class="card stack">
              <h2>${product.name}</h2>
              <ul class="features small">
                ${includedWords(world, product, product.prices).map((text) => html`<li>${text}</li>`)}
              </ul>
            </article>`
          })
    }
  </main>`
}
