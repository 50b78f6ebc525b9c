import { createCustomers, type Customers } from '../chaos/customers.js'
import { differences, truthOf } from '../chaos/truth.js'
import { sign } from './signWebhook.js'
import type { Running } from './startBilling.js'

/** One webhook as Polar would have sent it. */
export interface RecordedWebhook {
  id: string
  type: string
  body: string
}

interface Stage {
  running: Running
  organizationId: string
  customers: Customers
  buy(product: 'pro' | 'trial' | 'team'): void
  setCard(declines: boolean): void
  /** Lets a month pass: a period ends on the way, and what the clock does then is part of the scenario. */
  nextMonth(): Promise<void>
  /** The organization's subscription. */
  id(): string
}

type Step = (stage: Stage) => Promise<void> | void

interface Scenario {
  /** What came before it, and is known. */
  before: readonly Step[]
  /** What sends the webhooks. A minute passes between two steps. */
  steps: readonly Step[]
}

const buyPro: Step = ({ buy }) => buy('pro')
const buyTrial: Step = ({ buy }) => buy('trial')
const cancel: Step = ({ customers, organizationId, id }) =>
  customers.portal(organizationId, `/subscriptions/${id()}/cancel`)
const uncancel: Step = ({ customers, organizationId, id }) =>
  customers.portal(organizationId, `/subscriptions/${id()}/resume`)
const failPayment: Step = async ({ setCard, nextMonth }) => {
  setCard(true)
  await nextMonth()
}
const payAgain: Step = ({ customers, organizationId }) => customers.portal(organizationId, '/card')
const revoke: Step = ({ customers, id }) => customers.revoke(id())
const month: Step = ({ nextMonth }) => nextMonth()
const pause: Step = async ({ customers, id, nextMonth }) => {
  await customers.update(id(), { pause_at_period_end: true })
  await nextMonth()
}
const resume: Step = ({ customers, id }) => customers.update(id(), { resume: true })
const change =
  (product: 'pro' | 'team'): Step =>
  ({ customers, id, running }) =>
    customers.update(id(), { product_id: running.products[product], proration_behavior: 'prorate' })

/** What can happen to a subscription, and the webhooks that Polar sends of it. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a purchase': { before: [], steps: [buyPro] },
  'a trial': { before: [], steps: [buyTrial] },
  'the end of a trial': { before: [buyTrial], steps: [month] },
  'a renewal': { before: [buyPro], steps: [month] },
  'a cancellation for the end of the period': { before: [buyPro], steps: [cancel] },
  'a cancellation that is taken back': { before: [buyPro], steps: [cancel, uncancel] },
  'the end of what was canceled': { before: [buyPro], steps: [cancel, month] },
  'a revocation': { before: [buyPro], steps: [revoke] },
  'a payment that fails': { before: [buyPro], steps: [failPayment] },
  'a payment that fails and is made good': { before: [buyPro], steps: [failPayment, payAgain] },
  'an upgrade': { before: [buyPro], steps: [change('team')] },
  'an upgrade and back': { before: [buyPro], steps: [change('team'), change('pro')] },
  'a pause': { before: [buyPro], steps: [pause] },
  'a pause that ends': { before: [buyPro], steps: [pause, resume] },
  'a second purchase after a revocation': { before: [buyPro], steps: [revoke, buyPro] },
}

interface RecordOptions {
  organizationId?: string
  /** 0: what comes before the reading, the reading, and what comes after it happen at the same moment of Polar's clock. @default 1 */
  minutesAroundReading?: 0 | 1
}

/**
 * Lets a scenario happen at Polar while the server knows what came before it, and gives the webhooks of it, of which the server has
 * got none.
 */
export async function recordScenario(
  running: Running,
  name: string,
  { organizationId = 'acme', minutesAroundReading = 1 }: RecordOptions = {},
): Promise<RecordedWebhook[]> {
  const { controls } = running.emulator
  const around = { minutes: minutesAroundReading }
  const scenario = SCENARIOS[name]
  if (scenario === undefined) throw new Error(`There is no scenario "${name}".`)
  controls.setWebhookSettings({ mode: 'drop' })
  const stage = createStage(running, organizationId)
  await run(stage, scenario.before, around)
  await running.as(organizationId).get('/status')
  await controls.advanceClock(around)
  const before = controls.listWebhooks().length
  await run(stage, scenario.steps, { minutes: 1 })
  return controls
    .listWebhooks()
    .slice(before)
    .map(({ id, type, payload }) => ({ id, type, body: payload }))
}

function createStage(running: Running, organizationId: string): Stage {
  const { emulator, products, url } = running
  const { controls } = emulator
  return {
    running,
    organizationId,
    customers: createCustomers({ emulator, url: `${url}/polar` }),
    buy: (product) => {
      controls.purchase({ external_customer_id: organizationId, product_id: products[product] ?? '' })
    },
    setCard: (declines) => void controls.setCard({ external_customer_id: organizationId, declines }),
    nextMonth: async () => void (await controls.advanceClock({ days: 31 })),
    id: () => {
      const last = controls.listSubscriptions({ external_customer_id: organizationId }).at(-1)
      if (last === undefined) throw new Error('Nothing has been bought yet.')
      return last.id
    },
  }
}

async function run(stage: Stage, steps: readonly Step[], afterwards: { minutes: number }): Promise<void> {
  const { controls } = stage.running.emulator
  for (const [index, step] of steps.entries()) {
    await step(stage)
    const { minutes } = index < steps.length - 1 ? { minutes: 1 } : afterwards
    if (minutes === 0) continue
    await controls.settle()
    await controls.advanceClock({ minutes })
  }
}

/** Sends these webhooks to the server, one after the other. The same one twice has one id, as from Polar. */
export async function deliver({ as }: Running, webhooks: readonly RecordedWebhook[]): Promise<void> {
  for (const { id, type, body } of webhooks) {
    const headers = sign(body, { id })
    const answer = await as(null).request('/webhooks/polar', { method: 'POST', body, headers })
    if (answer.status !== 202) throw new Error(`${type} was answered with ${answer.status}.`)
  }
}

/** In which fields the server's status differs from what is true at Polar. */
export async function statusFaults(
  { as, emulator, products, options }: Running,
  organizationId = 'acme',
): Promise<string[]> {
  const { status, body } = await as(organizationId).get('/status')
  if (status !== 200) return [`answered with ${status}`]
  const subscriptions = emulator.controls.listSubscriptions({ external_customer_id: organizationId })
  return differences(body, truthOf(subscriptions, products, (options.now ?? emulator.now)().getTime()))
}
