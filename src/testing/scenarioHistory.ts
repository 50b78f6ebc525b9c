import type { Orders } from '../contract/orders.js'
import type { Seats } from '../contract/seats.js'
import type { UsageHistory } from '../contract/usageHistory.js'
import { NOW } from './scenarioAnswers.js'

const DAY = 86_400_000
const FIRST_DAY = Date.parse('2026-11-21T00:00:00.000Z')
/** What was used on each day of the period until now. */
const DAILY = [420, 380, 0, 910, 640, 520, 0, 120, 760, 830, 1_240]

export function historyOf(limit: number | null, total: number, stale = false): UsageHistory {
  const sum = DAILY.reduce((whole, used) => whole + used, 0)
  const points = DAILY.map((used, day) => ({
    at: new Date(FIRST_DAY + day * DAY).toISOString(),
    used: Math.round((used / sum) * total),
  }))
  return {
    meter: 'characters',
    name: 'Characters',
    unit: 'characters',
    interval: 'day',
    from: new Date(FIRST_DAY).toISOString(),
    to: NOW,
    total: points.reduce((whole, { used }) => whole + used, 0),
    limit,
    points,
    generatedAt: NOW,
    stale,
  }
}

/** Three months of Pro. */
export const ordersOnPro: Orders = {
  orders: ['2026-11-21', '2026-10-21', '2026-09-21'].map((day, index) => ({
    id: `ord_${3 - index}`,
    status: 'completed',
    paid: true,
    amount: 2_900,
    currency: 'USD',
    invoiceNumber: `ACME-7XK2-000${3 - index}`,
    invoicePdfUrl: null,
    createdAt: `${day}T09:00:00.000Z`,
    description: 'Pro',
    refundedAmount: 0,
  })),
  nextCursor: null,
}

export const noSeats: Seats = { seats: [], total: 0, available: 0 }

/** Five seats, of which two are taken and one is offered. */
export const someSeats: Seats = {
  seats: [
    seat('ada@example.org', 'claimed'),
    seat('grace@example.org', 'claimed'),
    seat('edsger@example.org', 'pending'),
  ],
  total: 5,
  available: 2,
}

function seat(email: string, status: 'claimed' | 'pending'): Seats['seats'][number] {
  const isPending = status === 'pending'
  return {
    id: `seat_${email.slice(0, 3)}`,
    email,
    status,
    claimedAt: isPending ? null : '2026-11-22T10:00:00.000Z',
    invitationExpiresAt: isPending ? '2026-12-02T12:00:00.000Z' : null,
  }
}
