import { Markdown } from '@storybook/addon-docs/blocks'
import { BILLING_ERROR_STATUS } from 'polar-billing-kit/contract'
import type { HookDocs } from '../../.storybook/describeHooks.js'

/** What a hook throws while it renders, and what it hands back as `error`. */
export function Errors({ of: hooks }: { of: readonly HookDocs[] }) {
  const thrown = hooks.flatMap(({ docs }) =>
    [...docs.matchAll(/@throws ([^@]*)/g)].map(([, text = '']) => text),
  )
  const hasError = hooks.some(({ signature, types }) =>
    [signature, ...types.flatMap(({ members = [] }) => members.map(({ type }) => type))].some((type) =>
      type.includes('BillingError'),
    ),
  )
  return (
    <>
      {thrown.map((text) => (
        <Markdown key={text}>{`Throws ${text}`}</Markdown>
      ))}
      {hasError ? <Codes /> : thrown.length === 0 && <p>It has none of its own.</p>}
    </>
  )
}

function Codes() {
  return (
    <>
      <p>
        <code>error</code> is a <code>BillingError</code>: its <code>message</code> says what happened and
        what to do, its <code>code</code> is for programs, and <code>requestId</code> finds it in the server's
        log. A variant for <code>Suspense</code> throws it to the error boundary.
      </p>
      <p>
        From the server:{' '}
        {Object.entries(BILLING_ERROR_STATUS).map(([code, status]) => (
          <span key={code}>
            <code>{code}</code> ({status}){' '}
          </span>
        ))}
        . Where no answer came, or none that makes sense: <code>NETWORK_ERROR</code> <code>TIMEOUT</code>{' '}
        <code>ABORTED</code> <code>INVALID_RESPONSE</code>.
      </p>
    </>
  )
}
