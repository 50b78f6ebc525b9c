import { choose } from '../billing/checkoutChoice.js'
import { draftCheckout, openCheckout } from '../billing/checkouts.js'
import { assertMaySubscribe } from '../billing/checkoutGuards.js'
import { completeCheckout, confirmCheckout } from '../billing/checkoutPayment.js'
import { customerByExternalId, customerById } from '../billing/customers.js'
import { scheduleSubscription } from '../billing/schedule.js'
import { assign } from '../core/database.js'
import { ApiError, notFound } from '../core/errors.js'
import { shortCode } from '../core/ids.js'
import type { CustomerRow } from '../core/rows.js'
import { type World, touch } from '../core/world.js'
import { toSubscription } from '../serialize/subscription.js'
import type { Host } from './host.js'
import type { EmulatorControls, Purchase, PurchaseInput } from './types.js'

type Part = 'listSubscriptions' | 'patchSubscription' | 'setCard' | 'purchase'

export function moneyControls(host: Host): Pick<EmulatorControls, Part> {
  return {
    listSubscriptions: ({ external_customer_id } = {}) => {
      const { db } = host.world
      return Array.from(db.subscriptions.values())
        .filter(
          ({ customer_id }) =>
            external_customer_id === undefined ||
            db.customers.get(customer_id)?.external_id === external_customer_id,
        )
        .map((row) => structuredClone(toSubscription(row, db)))
    },
    patchSubscription: ({ id, ...fields }) => {
      const { world } = host
      const row = world.db.subscriptions.get(id)
      if (row === undefined) throw notFound()
      assign(row, structuredClone(fields))
      touch(world, row)
      scheduleSubscription(world, row)
      return structuredClone(toSubscription(row, world.db))
    },
    setCard: ({ declines, ...reference }) => {
      const customer = findCustomer(host.world, reference)
      if (customer === undefined) throw notFound()
      customer.card = declines ? 'declines' : 'good'
      return { customer_id: customer.id, declines }
    },
    purchase: (input) => purchase(host.world, input),
  }
}

/** What happens behind the checkout page when somebody pays. */
function purchase(world: World, input: PurchaseInput): Purchase {
  const product = world.db.products.get(input.product_id.toLowerCase())
  if (product === undefined) throw new ApiError(422, 'PurchaseError', 'Product does not exist.')
  const external = input.external_customer_id ?? null
  const customer = findCustomer(world, input)
  if (customer === undefined && input.customer_id !== undefined) throw notFound()
  const row = draftCheckout(world, {
    productIds: [product.id],
    productId: product.id,
    currency: product.prices[0]?.price_currency ?? 'usd',
    customer_id: customer?.id ?? null,
    external_customer_id: external,
    customer_email: customer?.email ?? input.email ?? exampleEmail(external ?? 'customer'),
    customer_name: customer?.name ?? 'Ada Lovelace',
    customer_billing_address: customer?.billing_address ?? EXAMPLE_ADDRESS,
    allowTrial: input.trial ?? true,
  })
  assign(row, choose(world, row, { seats: input.seats }))
  assertMaySubscribe(world, row)
  openCheckout(world, row)
  confirmCheckout(world, row)
  completeCheckout(world, row)
  const orders = world.db.orders.of(row.customer_id ?? '')
  return {
    checkout_id: row.id,
    customer_id: row.customer_id ?? '',
    subscription_id: row.subscription_id,
    order_id: orders.find((order) => order.checkout_id === row.id)?.id ?? null,
  }
}

/** An external id can hold what an e-mail cannot; a code keeps those apart that look the same then. */
function exampleEmail(external: string): string {
  const name = external.toLowerCase().replaceAll(/[^a-z0-9_]+/g, '-')
  return `${name === external ? name : `${name}-${shortCode(external)}`}@example.com`
}

const EXAMPLE_ADDRESS = {
  line1: null,
  line2: null,
  postal_code: null,
  city: null,
  state: null,
  country: 'US' as const,
}

function findCustomer(
  world: World,
  { customer_id, external_customer_id }: { customer_id?: string; external_customer_id?: string },
): CustomerRow | undefined {
  if (customer_id !== undefined) return customerById(world, customer_id)
  return external_customer_id === undefined ? undefined : customerByExternalId(world, external_customer_id)
}
