import { completeInvoice } from '../billing/invoices.js'
import { stateChanged } from '../billing/stateChanged.js'
import type { World } from '../core/world.js'
import { scheduleBill, scheduleMeterUpdate } from '../metering/customerMeters.js'
import { resume } from '../webhooks/delivery.js'

interface Planned {
  key: string
  due: number
}

/** Plans again what was planned, and goes on with the webhooks that have not arrived. What is overdue by now runs at once. */
export function restoreTasks(world: World, planned: readonly Planned[]): void {
  for (const task of planned) restoreTask(world, task)
  const dueOf = new Map(planned.map(({ key, due }) => [key, due]))
  for (const event of world.db.webhookEvents.values()) {
    const due = dueOf.get(`webhook ${event.id}`)
    const isWaiting = event.succeeded === null && !event.skipped
    // Without a due time it was in line or under way: its receiver may get it twice, as from Polar.
    if (due !== undefined || isWaiting) resume(world, event, due ?? world.clock.now())
  }
}

/** A task is known by its key, `payment of <id>`. What is missing here follows from something else that is restored. */
function restoreTask(world: World, { key, due }: Planned): void {
  const { clock, db } = world
  const [, kind = '', id = ''] = /^(.*) (\S+)$/.exec(key) ?? []
  const at = <Row>(row: Row | undefined, run: (row: Row) => void): void => {
    if (row !== undefined) clock.schedule(key, due, () => run(row))
  }
  switch (kind) {
    case 'subscription':
      return at(db.subscriptions.get(id), (row) => world.due.subscription(world, row))
    case 'payment of':
      return at(db.orders.get(id), (row) => world.due.payment(world, row))
    case 'checkout':
      return at(db.checkouts.get(id), (row) => world.due.checkout(world, row))
    case 'invoice of':
      return at(db.orders.get(id), (row) => completeInvoice(world, row))
  }
  const customer = db.customers.get(id)
  if (customer === undefined) return
  if (kind === 'meters') scheduleMeterUpdate(world, id)
  if (kind === 'subscription meters') scheduleBill(world, customer)
  if (kind === 'customer.state_changed') stateChanged(world, id)
}
