import { BillingError, BILLING_ERROR_STATUS, type BillingErrorCode } from '../contract/errors.js'
import { type Operation, ROUTES } from '../contract/operations.js'
import { type BillingTransport, createTransport, type TransportOptions } from './transport.js'

export interface TrpcTransportOptions<Client> extends TransportOptions {
  /**
   * Which procedures the router has, for a tRPC client cannot be asked. Absent: `getStatus`, `createCheckout` and
   * `createPortalSession`. `'all'`: every operation, as in the kit's own router. An object adds to the three: `true`, or the name
   * that it has there; `false` for one that the router lacks.
   */
  procedures?: 'all' | { readonly [Name in Operation]?: boolean | Extract<keyof Client, string> } | undefined
}

interface Procedure {
  query(input?: object, options?: { signal?: AbortSignal }): Promise<unknown>
  mutate(input?: object, options?: { signal?: AbortSignal }): Promise<unknown>
}

const USUAL = { getStatus: true, createCheckout: true, createPortalSession: true } as const
const ALL = Object.fromEntries(Object.keys(ROUTES).map((operation) => [operation, true]))

/** Speaks with a billing router through the app's own tRPC client: `createTrpcTransport(client.billing, { procedures: 'all' })`. */
export function createTrpcTransport<Client extends object>(
  client: Client,
  { procedures, validate }: TrpcTransportOptions<Client> = {},
): BillingTransport {
  const listed = Object.entries(procedures === 'all' ? ALL : { ...USUAL, ...procedures }).filter(
    ([, name]) => name !== false && name !== undefined,
  )
  const functions = listed.map(([operation, name]) => {
    const procedure = (name === true ? operation : name) as keyof Client
    return [
      operation,
      (input: object, options: object) =>
        call(client[procedure] as Procedure, operation as Operation, input, options),
    ]
  })
  return createTransport(Object.fromEntries(functions), { validate })
}

async function call(
  procedure: Procedure,
  operation: Operation,
  input: object,
  options: object,
): Promise<unknown> {
  // A procedure without input takes nothing at all.
  const sent = Object.keys(input).length === 0 ? undefined : input
  try {
    // Not pulled out of the procedure: a tRPC client is a proxy that reads its path from the property access.
    return await (ROUTES[operation].startsWith('GET')
      ? procedure.query(sent, options)
      : procedure.mutate(sent, options))
  } catch (error) {
    throw translate(error, operation)
  }
}

/** A `TRPCClientError`, as far as it matters here. */
interface ClientError {
  message: string
  data?: { code?: string } | null
  cause?: { name?: string }
}

function translate(error: unknown, operation: Operation): unknown {
  const { message, data, cause } = error as ClientError
  if (cause?.name === 'AbortError' || cause?.name === 'TimeoutError') return cause
  const fail = (code: BillingErrorCode, text: string): BillingError =>
    new BillingError(code, text, { cause: error })
  if (!data)
    return fail(
      'NETWORK_ERROR',
      `${operation}: no answer from the router (${message}). Check the network and the link's URL.`,
    )
  if (data.code === 'NOT_FOUND' && message.startsWith('No procedure found')) {
    return fail(
      'NOT_IMPLEMENTED',
      `${operation}: ${message}. Add it to the router, or take it out of \`procedures\`.`,
    )
  }
  const code = data.code as BillingErrorCode
  return fail(Object.hasOwn(BILLING_ERROR_STATUS, code) ? code : 'INTERNAL_SERVER_ERROR', message)
}
