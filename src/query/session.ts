import type { UseMutationOptions } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { Operations } from '../contract/operations.js'
import { billingQueryKey, type BillingQueryConfig, callTransport } from './config.js'
import { leaveFor } from './leaveFor.js'
import { onlyOnce } from './onlyOnce.js'

export interface SessionOptions {
  /** Whether to go to the opened page; `false` hands its URL back. @default true */
  redirect?: boolean | undefined
}

/** The operations that open a page of the provider, and what they take. */
interface SessionInputs {
  createCheckout: Operations['createCheckout']['input'] | void
  createPortalSession: void
}

type SessionAnswer<Name extends keyof SessionInputs> = Operations[Name]['answer']

/**
 * How opening a page of the provider behaves. Never paused while offline: it must not redirect when the network is back minutes
 * later. Never kept: the URL is a credential. The redirect is part of it, so that it stays pending until the page is left.
 */
export function sessionOptions<Name extends keyof SessionInputs>(
  config: BillingQueryConfig,
  operation: Name,
  urlOf: (answer: SessionAnswer<Name>) => string,
  { redirect = true }: SessionOptions = {},
): UseMutationOptions<SessionAnswer<Name>, BillingError, SessionInputs[Name]> {
  const mutationKey = billingQueryKey(config.organizationId, operation)
  return {
    mutationKey,
    networkMode: 'always',
    retry: false,
    gcTime: 0,
    mutationFn: (input) =>
      // Who redirects and who does not must not share a promise: the former may never resolve.
      onlyOnce(config.transport, JSON.stringify([mutationKey, input, redirect]), async () => {
        const answer = await callTransport(config, operation, input ?? {})
        if (redirect) await leaveFor(urlOf(answer))
        return answer
      }),
  }
}
