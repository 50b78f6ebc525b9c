import type { UseMutationOptions } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { Operations } from '../contract/operations.js'
import { assertShown, billingQueryKey, type BillingQueryConfig, callTransport } from './config.js'
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
 * later. Never kept: the URL is a credential. The redirect is part of it, so that it stays pending until the page is left. `show` opens
 * it on this page instead, and gives the answer when it has ended, or nothing where it cannot.
 */
export function sessionOptions<Name extends keyof SessionInputs>(
  config: BillingQueryConfig,
  operation: Name,
  urlOf: (answer: SessionAnswer<Name>) => string,
  { redirect = true }: SessionOptions = {},
  show?: (answer: SessionAnswer<Name>) => Promise<SessionAnswer<Name> | undefined>,
): UseMutationOptions<SessionAnswer<Name>, BillingError, SessionInputs[Name]> {
  const mutationKey = billingQueryKey(config.organizationId, operation)
  return {
    mutationKey,
    networkMode: 'always',
    retry: false,
    gcTime: 0,
    mutationFn: (input) =>
      // Who redirects and who does not must not share a promise: the former may never resolve.
      onlyOnce(config.transport, JSON.stringify([mutationKey, input, redirect, !show]), async () => {
        const answer = await callTransport(
          config,
          operation,
          show ? { ...input, embed: true } : (input as Operations[Name]['input'] | undefined),
        )
        assertShown(config)
        const shown = await show?.(answer)
        if (!shown && redirect) await leaveFor(urlOf(answer))
        return shown ?? answer
      }),
  }
}
