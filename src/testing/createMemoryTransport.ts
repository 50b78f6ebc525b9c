import type { BillingError } from '../contract/errors.js'
import { isBillingError } from '../contract/errors.js'
import type { Operation, OperationFunction, Operations } from '../contract/operations.js'
import { type BillingFunctions, type BillingTransport, createTransport } from '../transports/transport.js'

/** What a backend without a network answers to each operation: a value, an error to fail with, or a function of the input. */
export type Scenario = {
  readonly [Name in Operation]?:
    | Operations[Name]['answer']
    | BillingError
    | OperationFunction<Name>
    | undefined
}

/**
 * A transport for tests and previews: `createMemoryTransport({ ...scenarios.active, getUsage: new BillingError('TIMEOUT', '…') })`.
 * Operations that the scenario leaves out are missing from the transport.
 */
export function createMemoryTransport(scenario: Scenario): BillingTransport {
  const functions = Object.entries(scenario).map(([operation, answer]) => [operation, toFunction(answer)])
  return createTransport(Object.fromEntries(functions) as BillingFunctions)
}

function toFunction(answer: unknown): unknown {
  if (answer === undefined || typeof answer === 'function') return answer
  return async () => {
    if (isBillingError(answer)) throw answer
    return answer
  }
}
