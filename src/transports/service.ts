import type { Operation, OperationFunction, Operations } from '../contract/operations.js'
import { type BillingTransport, createTransport } from './transport.js'

/** `billing.service`, by its shape: the client half knows nothing of the server half. */
type Service<Identity> = {
  readonly [Name in Operation]?: (
    identity: Identity,
    input: Operations[Name]['input'],
  ) => Promise<Operations[Name]['answer']>
}

/**
 * A transport that calls the server half in its own process, without HTTP: for server components and loaders. The identity is the
 * session's, as `authenticate` would have given it. It is for one request: make another for the next.
 *
 * ```ts
 * createServiceTransport(billing().service, { organizationId: session.orgId })
 * ```
 */
export function createServiceTransport<Identity>(
  service: Service<Identity>,
  identity: Identity,
): BillingTransport {
  const operations = Object.entries(service) as [Operation, Service<Identity>['getStatus']][]
  const functions = operations.map(
    ([operation, run]): [Operation, OperationFunction<'getStatus'> | undefined] => [
      operation,
      run &&
        (async (input, { signal } = {}) => {
          const answer = await run(identity, input)
          // What has begun is finished; nobody waits for it.
          signal?.throwIfAborted()
          return answer
        }),
    ],
  )
  return createTransport(Object.fromEntries(functions))
}
