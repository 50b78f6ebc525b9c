import * as fc from 'fast-check'

/** A request as it comes from somebody who is wrong, careless or malicious. None of them may succeed. */
export interface BadRequest {
  method: string
  /** As it stands in the request line. */
  path: string
  headers: readonly (readonly [name: string, value: string])[]
  body: BadBody | null
  /** Who `authenticate` says is asking; absent: nobody. */
  identity: unknown
}

type BadBody =
  | { kind: 'text'; text: string }
  | { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer> }
  /** Without a length, and torn off after so many chunks if it says so. */
  | { kind: 'chunks'; chunk: string; count: number; tornOff: boolean }

const READS = ['/status', '/subscription', '/usage', '/usage/history', '/plans', '/orders', '/seats']
const INVOICE = '/orders/57107b74-8400-4d80-a2fc-54c2b4239cb3/invoice'
const WRITES = ['/checkout', '/portal', '/subscription', '/seats', INVOICE]
const WEBHOOK = '/webhooks/polar'
const PATHS = [...READS, ...WRITES, WEBHOOK]
const MEMBER = { organizationId: 'acme', email: 'ada@example.com' }
const JSON_TYPE = ['content-type', 'application/json'] as const

const prototypeName = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
)
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  prototypeName,
  fc.constantFrom('\0', '\ud800', '\u202e', '😀'.repeat(50), 'a'.repeat(5_000), '%00', '%zz', '../', '\r\n'),
)
const json = fc.json({ maxDepth: 3, stringUnit: 'binary' })

/** What no write takes, whatever it asks for. */
const badJson = fc.oneof(
  { arbitrary: json.filter((value) => !['null', '{}'].includes(value.replaceAll(/\s/g, ''))), weight: 3 },
  // A good body that was cut off.
  fc.nat({ max: 19 }).map((length) => '{"planType":"pro" }'.slice(0, Math.min(length, 18))),
  fc.record({ planType: fc.anything({ withBigInt: false }) }).map(sabotage('planType', 'pro', 'team')),
  fc.record({ interval: fc.anything({ withBigInt: false }) }).map(sabotage('interval')),
  fc
    .oneof(fc.double(), fc.integer({ max: 0 }), fc.string(), fc.constant(Infinity))
    .map((seats) => JSON.stringify({ planType: 'none', seats })),
  fc
    .tuple(fc.constantFrom('change', 'seats', 'cancel', 'pause', 'resume', 'revoke'), text, json)
    .map(([action, key, value]) => `{"action":"${action}",${JSON.stringify(`${key} `)}:${value}}`),
  fc
    .tuple(fc.oneof(text, fc.constantFrom('organizationId', 'customer_id', 'amount', 'successUrl')), json)
    .map(([key, value]) => `{"planType":"pro",${JSON.stringify(`${key} `)}:${value}}`),
  prototypeName.map((name) => `{"planType":"pro","${name}":{"planType":"pro"}}`),
  fc.integer({ min: 1, max: 30_000 }).map((depth) => '['.repeat(depth)),
  fc.integer({ min: 1, max: 10_000 }).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
)

/** Whatever it is, it is no value that this field takes. */
function sabotage(field: string, ...good: string[]): (value: Record<string, unknown>) => string {
  return (value) => {
    const given = value[field]
    const isGood = typeof given === 'string' && good.includes(given)
    return JSON.stringify({ [field]: isGood || given === undefined ? 7 : given, seats: 0 })
  }
}

const badBody: fc.Arbitrary<BadBody> = fc.oneof(
  { arbitrary: badJson.map((text): BadBody => ({ kind: 'text', text })), weight: 120 },
  { arbitrary: text.map((content): BadBody => ({ kind: 'text', text: `"${content}` })), weight: 3 },
  {
    arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes): BadBody => ({
      kind: 'bytes',
      bytes: Uint8Array.from([0xff, ...bytes]),
    })),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('chunks' as const),
      chunk: fc.constantFrom('[', '{"planType":"pro"', ' '.repeat(30_000)),
      count: fc.integer({ min: 1, max: 5 }),
      tornOff: fc.boolean(),
    }),
    weight: 2,
  },
)

const headerValue = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.stringMatching(/^[\x21-\x7e\x80-\xff]{1,60}$/),
  fc.constantFrom('', ',', ';', 'a'.repeat(2_000), '-1', 'NaN', '1e9', '99999999999999999999'),
)
const oddHeader = fc.tuple(
  fc.constantFrom(
    'accept',
    'content-length',
    'content-encoding',
    'cookie',
    'expect',
    'forwarded',
    'host',
    'last-event-id',
    'origin',
    'sec-fetch-site',
    'traceparent',
    'transfer-encoding',
    'x-forwarded-host',
    'x-http-method-override',
    'x-organization-id',
    'x-request-id',
  ),
  headerValue,
)
const oddHeaders = fc.array(oddHeader, { maxLength: 4 })

const badQuery = fc.oneof(
  fc
    .tuple(fc.oneof(text, fc.constantFrom('organizationId', 'customerId')), text)
    .map(([key, value]) => `?${encode(`${key} `)}=${encode(value)}`),
  fc.constantFrom('', '.', '/', '..%2f', '%00', '\u00e9', 'a b').map((id) => `?checkoutId=${encode(id)}`),
  fc.integer({ min: 201, max: 20_000 }).map((length) => `?checkoutId=${'a'.repeat(length)}`),
  fc.constantFrom('', '.', '1_', 'x'.repeat(201), '\u00e9').map((cursor) => `?cursor=${encode(cursor)}`),
  fc
    .tuple(text, fc.constantFrom('1y', 'NaN', '', '24h '))
    .map(([meter, range]) => `?meter=${encode(meter)}&range=${encode(range)}`),
  fc.constantFrom('yesterday', '2026-13-01T00:00:00Z', '9'.repeat(100)).map((from) => `?from=${from}`),
  fc.integer({ min: 1, max: 200 }).map((count) => `?${'a=1&fresh=1&'.repeat(count)}`),
  prototypeName.map((name) => `?${name}=1&fresh=true`),
)

const encode = (value: string): string => encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '?'))

const strayPath = fc.oneof(
  text.map((segment) => `/${encode(segment)}x`),
  fc.tuple(fc.constantFrom(...PATHS), text).map(([path, more]) => `${path}/${encode(more)}x`),
  fc.constantFrom(...PATHS).map((path) => path.toUpperCase()),
  fc.constantFrom(
    '/%',
    '/%ff',
    '/status%',
    '/status%2f',
    '//status/x',
    '/webhooks',
    '/webhooks/',
    '/status;a=1',
  ),
  fc.constantFrom(
    '/status/../../../etc/passwd',
    '/..%2f..%2fstatus',
    '/status%00',
    '/checkout%0d%0aset-cookie:a=b',
  ),
  fc.integer({ min: 1, max: 10_000 }).map((length) => `/${'a'.repeat(length)}`),
  prototypeName.map((name) => `/${name}`),
)

/** An order's id that is none, in the path. */
const oddOrder: fc.Arbitrary<BadRequest> = fc
  .oneof(text, fc.constantFrom('a b', '..', 'a/../b', '%', "'", 'x'.repeat(201), '\u0130'))
  .map((id) => ({
    method: 'POST',
    path: `/orders/${encode(`${id} `)}/invoice`,
    headers: [JSON_TYPE],
    body: { kind: 'text', text: '{}' },
    identity: MEMBER,
  }))

const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'X')
const stranger = fc.constantFrom(null, undefined)
const nobody = fc.oneof(
  stranger,
  fc.constantFrom<unknown>(
    {},
    { organizationId: null },
    { organizationId: '' },
    { organizationId: '.' },
    { organizationId: '..' },
    { organizationId: '../acme' },
    { organizationId: 'a\0b' },
    { organizationId: '\ud800' },
    { organizationId: 'a'.repeat(256) },
    { organizationId: 7 },
    { organizationId: ['acme'] },
    { organizationId: { toString: 'acme' } },
    { userId: 'ada', email: 'ada@example.com' },
  ),
)

/** Nobody, or somebody without an organization, who asks for what others may. */
const uninvited: fc.Arbitrary<BadRequest> = fc
  .record({
    route: fc.constantFrom(
      'GET /status',
      'GET /subscription',
      'GET /usage',
      'GET /usage/history',
      'GET /orders',
      'GET /seats',
      'POST /checkout',
      'POST /portal',
      `POST ${INVOICE}`,
      'POST /subscription',
      'POST /seats',
    ),
    query: fc.oneof(fc.constant(''), badQuery),
    headers: oddHeaders,
    body: badBody,
    identity: nobody,
  })
  .map(({ route, query, headers, body, identity }) => {
    const [method = '', path = ''] = route.split(' ')
    const isRead = method === 'GET'
    return {
      method,
      path: isRead ? path + query : path,
      headers: isRead ? headers : [JSON_TYPE, ...headers],
      body: isRead ? null : body,
      identity,
    }
  })

const wronglyRead: fc.Arbitrary<BadRequest> = fc.record({
  method: fc.constantFrom('GET', 'HEAD'),
  path: fc.tuple(fc.constantFrom(...READS), badQuery).map((parts) => parts.join('')),
  headers: oddHeaders,
  body: fc.constant(null),
  identity: fc.constant(MEMBER),
})

const wronglyWritten: fc.Arbitrary<BadRequest> = fc.record({
  method: fc.constant('POST'),
  path: fc.constantFrom(...WRITES),
  headers: fc
    .tuple(
      fc.constantFrom<readonly string[]>(
        ['application/json'],
        ['application/json; charset=utf-7'],
        ['text/plain'],
        ['multipart/form-data; boundary=x'],
        ['application/json', 'text/html'],
        [],
      ),
      oddHeaders,
    )
    .map(([types, headers]) => [...types.map((type) => ['content-type', type] as const), ...headers]),
  body: badBody,
  identity: fc.constant(MEMBER),
})

const GOOD_BODY: Record<string, string> = {
  '/checkout': '{"planType":"pro"}',
  '/subscription': '{"action":"cancel"}',
  '/seats': '{"action":"assign","email":"ada@example.com"}',
}

/** A browser with the member's cookies, on somebody else's page. */
const fromAnotherSite: fc.Arbitrary<BadRequest> = fc
  .tuple(
    fc.constantFrom(...WRITES),
    fc.oneof(
      fc.constantFrom('null', 'https://evil.example', 'http://app.test.evil.example', 'https://app.test', ''),
      fc.stringMatching(/^[a-z]{1,20}:\/\/[a-z.]{1,30}$/),
    ),
  )
  .map(([path, origin]) => ({
    method: 'POST',
    path,
    headers: [JSON_TYPE, ['origin', origin]],
    body: { kind: 'text', text: GOOD_BODY[path] ?? '{}' },
    identity: MEMBER,
  }))

const astray: fc.Arbitrary<BadRequest> = fc.oneof(
  fc.record({
    method,
    path: fc.tuple(strayPath, fc.oneof(fc.constant(''), badQuery)).map((parts) => parts.join('')),
    headers: oddHeaders,
    body: fc.oneof(fc.constant(null), badBody),
    identity: fc.oneof(nobody, fc.constant(MEMBER)),
  }),
  fc.record({
    method: fc.constantFrom('PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'X'),
    path: fc.constantFrom(...PATHS),
    headers: oddHeaders,
    body: fc.constant(null),
    identity: fc.constant(MEMBER),
  }),
)

const now = (): number => Math.floor(Date.now() / 1_000)
const timestamp = fc.oneof(
  fc.constantFrom(-301, -3_600, -86_400, 310, 1e9).map((skew) => String(now() + skew)),
  fc.constantFrom('', 'now', '0', '-1', '1e20', 'NaN', '1767960000.5'),
  fc.constant('').map(() => String(now())),
)
const signature = fc.oneof(
  fc.base64String({ minLength: 4, maxLength: 60 }).map((value) => `v1,${value}`),
  headerValue,
  fc.integer({ min: 1, max: 200 }).map((count) => `v1,${'A'.repeat(43)}= `.repeat(count)),
  fc.constantFrom('v1', 'v1,', 'v2,abc', 'v1a,abc', ',', ' '),
)

/** Webhooks that Polar did not sign. */
const forged: fc.Arbitrary<BadRequest> = fc
  .record({
    id: fc.array(fc.oneof(fc.uuid(), headerValue), { maxLength: 2 }),
    timestamps: fc.array(timestamp, { maxLength: 2 }),
    signatures: fc.array(signature, { maxLength: 2 }),
    type: fc.oneof(prototypeName, fc.constantFrom('customer.state_changed', 'subscription.active', 'x.y')),
    data: fc.oneof(json, fc.constant('{"external_id":"acme","customer":{"external_id":"acme"}}')),
    odd: fc.option(badBody),
    headers: oddHeaders,
  })
  .map(({ id, timestamps, signatures, type, data, odd, headers }) => ({
    method: 'POST',
    path: WEBHOOK,
    headers: [
      JSON_TYPE,
      ...id.map((value) => ['webhook-id', value] as const),
      ...timestamps.map((value) => ['webhook-timestamp', value] as const),
      ...signatures.map((value) => ['webhook-signature', value] as const),
      ...headers,
    ],
    body: odd ?? {
      kind: 'text',
      text: `{"type":${JSON.stringify(type)},"timestamp":"2026-01-10T12:00:00Z","data":${data}}`,
    },
    identity: null,
  }))

const huge: fc.Arbitrary<BadRequest> = fc
  .record({ path: fc.constantFrom(...WRITES, WEBHOOK), kilobytes: fc.constantFrom(65, 1_100) })
  .map(({ path, kilobytes }) => ({
    method: 'POST',
    path,
    headers: [JSON_TYPE],
    body: { kind: 'chunks', chunk: 'x'.repeat(1_024), count: kilobytes, tornOff: false },
    identity: MEMBER,
  }))

export const badRequest: fc.Arbitrary<BadRequest> = fc.oneof(
  { arbitrary: wronglyWritten, weight: 300 },
  { arbitrary: forged, weight: 250 },
  { arbitrary: uninvited, weight: 150 },
  { arbitrary: wronglyRead, weight: 130 },
  { arbitrary: astray, weight: 120 },
  { arbitrary: fromAnotherSite, weight: 40 },
  { arbitrary: oddOrder, weight: 30 },
  { arbitrary: huge, weight: 2 },
)

/** What no HTTP client would send, as it goes over the wire. */
export const rawRequest: fc.Arbitrary<string> = fc
  .record({
    method: fc.oneof(method, fc.constantFrom('get', 'G\0T', '', 'PRI', 'CONNECT', 'TRACE')),
    path: fc.oneof(
      strayPath.map((path) => `/api/billing${path}`),
      fc.constantFrom(
        '*',
        '',
        'http://evil.example/api/billing/status',
        '//evil.example/api/billing/status',
        '/api/billing/checkout',
        '/api/billing/webhooks/polar',
        '/api/billing/status?\u00ff',
        '/api/billing/../billing/portal',
      ),
    ),
    version: fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2', ''),
    headers: fc.array(
      fc.constantFrom(
        'Host: app.test',
        'Host: a b',
        'Host: [',
        'Host: evil.example:99999',
        'Content-Type: application/json',
        'Content-Length: 2',
        'Content-Length: 3',
        'Content-Length: -1',
        'Transfer-Encoding: chunked',
        'Transfer-Encoding: gzip, chunked',
        'webhook-id: 1',
        'webhook-id: 2',
        'Origin: http://app.test',
        'Cookie: a=b',
        'Expect: 100-continue',
        'Expect: nothing',
        'Upgrade: websocket',
        'X: \u0000',
        ': x',
        `X: ${'a'.repeat(20_000)}`,
      ),
      { minLength: 1, maxLength: 6 },
    ),
    body: fc.constantFrom(
      '',
      '{}',
      '2\r\n{}\r\n0\r\n\r\n',
      'zz\r\n',
      'ffffffffffffffff\r\n{',
      '{"planType":"pro"}',
    ),
  })
  .map(
    ({ method, path, version, headers, body }) =>
      `${method} ${path} ${version}\r\n${headers.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`,
  )
