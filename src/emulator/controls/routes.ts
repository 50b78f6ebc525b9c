import type * as z from 'zod/mini'
import { fault, settingsPatch, webhookSettingsPatch } from '../core/settings.js'
import * as inputs from './inputs.js'
import type { EmulatorControls } from './types.js'

/** How one control is reached over HTTP. */
interface ControlRoute {
  name: keyof EmulatorControls
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Under `/_emulator`; parts that start with a colon are part of the input. */
  path: string
  summary: string
  input: z.ZodMiniType
  example: object
}

const PRO = '9d2f6b84-5e17-4c3a-b0d9-8a7f6e5d4c3b'
const ID = '00000000-0000-4000-8000-000000000000'

/** Every control, in the order of the description. */
export const CONTROL_ROUTES: readonly ControlRoute[] = [
  route('clock', 'GET', '/clock', 'Reads the clock and what falls due next.', inputs.none, {}),
  route(
    'advanceClock',
    'POST',
    '/clock/advance',
    'Moves the clock forward and runs what falls due on the way.',
    inputs.clockStep,
    { days: 31 },
  ),
  route('freezeClock', 'POST', '/clock/freeze', 'Stops the clock.', inputs.none, {}),
  route('unfreezeClock', 'POST', '/clock/unfreeze', 'Lets time pass again.', inputs.none, {}),
  route(
    'settle',
    'POST',
    '/settle',
    'Runs what is due within the next seconds and waits until nothing is running.',
    inputs.settle,
    { seconds: 5 },
  ),
  route('listFaults', 'GET', '/faults', 'Lists the faults in force.', inputs.none, {}),
  route('addFault', 'POST', '/faults', 'Makes requests fail.', fault, {
    path: '/customers/',
    status: 429,
    retryAfter: 3,
    times: 2,
  }),
  route('takeDown', 'POST', '/faults/down', 'Makes every API request fail with 503.', inputs.none, {}),
  route(
    'clearFaults',
    'DELETE',
    '/faults',
    'Ends all faults, or the one with this id.',
    inputs.optionalId,
    {},
  ),
  route(
    'listWebhookEndpoints',
    'GET',
    '/webhooks/endpoints',
    'Lists the webhook endpoints with their secrets.',
    inputs.none,
    {},
  ),
  route('addWebhookEndpoint', 'POST', '/webhooks/endpoints', 'Adds a webhook endpoint.', inputs.endpoint, {
    url: 'http://localhost:3000/api/billing/webhooks/polar',
  }),
  route(
    'replaceWebhookEndpoints',
    'PUT',
    '/webhooks/endpoints',
    'Replaces all webhook endpoints.',
    inputs.endpoints,
    { endpoints: [{ url: 'http://localhost:3000/hooks', signature: 'legacy', secret: 'my-secret' }] },
  ),
  route(
    'removeWebhookEndpoint',
    'DELETE',
    '/webhooks/endpoints/:id',
    'Removes a webhook endpoint.',
    inputs.idOnly,
    { id: ID },
  ),
  route('webhookSettings', 'GET', '/webhooks/settings', 'Reads how webhooks are delivered.', inputs.none, {}),
  route(
    'setWebhookSettings',
    'PATCH',
    '/webhooks/settings',
    'Changes how webhooks are delivered.',
    webhookSettingsPatch,
    { delays: { 'checkout.updated': 5000 } },
  ),
  route(
    'listWebhooks',
    'GET',
    '/webhooks',
    'Lists the events sent or waiting, oldest first.',
    inputs.webhookFilter,
    { type: 'order.paid' },
  ),
  route(
    'sendWebhook',
    'POST',
    '/webhooks',
    'Signs any payload and sends it to every endpoint.',
    inputs.anyWebhook,
    { type: 'order.paid', data: {} },
  ),
  route(
    'redeliverWebhook',
    'POST',
    '/webhooks/:id/redeliver',
    'Sends an event once more with the same webhook-id.',
    inputs.idOnly,
    { id: ID },
  ),
  route(
    'listSubscriptions',
    'GET',
    '/subscriptions',
    'Dumps the subscriptions, whatever faults are in force.',
    inputs.subscriptionFilter,
    { external_customer_id: 'org_1' },
  ),
  route(
    'patchSubscription',
    'PATCH',
    '/subscriptions/:id',
    'Forces fields of a subscription; sends nothing.',
    inputs.subscriptionPatch,
    { id: ID, status: 'unpaid' },
  ),
  route(
    'setCard',
    'POST',
    '/cards',
    'Decides whether the card of a customer is declined from now on.',
    inputs.card,
    { external_customer_id: 'org_1', declines: true },
  ),
  route(
    'purchase',
    'POST',
    '/purchases',
    'Buys a product for a customer as if it had paid on the checkout page.',
    inputs.purchase,
    { external_customer_id: 'org_1', product_id: PRO },
  ),
  route(
    'listInvitations',
    'GET',
    '/invitations',
    'Lists the invitations to seats that Polar would have sent by e-mail.',
    inputs.invitationFilter,
    { email: 'ada@example.com' },
  ),
  route('listEvents', 'GET', '/events', 'Dumps the ingested user events.', inputs.eventFilter, {
    external_customer_id: 'org_1',
  }),
  route('catalog', 'GET', '/catalog', 'Ids of products, meters and benefits by their keys.', inputs.none, {}),
  route('settings', 'GET', '/settings', 'Reads delays, limits and rules.', inputs.none, {}),
  route('changeSettings', 'PATCH', '/settings', 'Changes delays, limits and rules.', settingsPatch, {
    stateDelay: 5000,
  }),
  route('reset', 'POST', '/reset', 'Forgets everything and starts the clock again.', inputs.reset, {
    keepWebhookEndpoints: true,
  }),
]

function route(
  name: ControlRoute['name'],
  method: ControlRoute['method'],
  path: string,
  summary: string,
  input: z.ZodMiniType,
  example: object,
): ControlRoute {
  return { name, method, path, summary, input, example }
}
