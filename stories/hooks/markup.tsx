import type { Decorator } from '@storybook/react-vite'
import { Component, type ComponentType, createElement, type ReactNode, Suspense } from 'react'

// What the stories of the hooks are drawn with, instead of an app's own: plain elements.

/** Until there is an answer: it loads, or why there is none. `failureReason` says so while the query goes on trying. */
export function Waiting({ error }: { error: Error | null }) {
  return error === null ? <p aria-busy="true">Loading…</p> : <Failure error={error} />
}

/** What went wrong, if anything did. A `BillingError` says it in words for people. */
export function Failure({ error }: { error: Error | null }) {
  return error && <p role="alert">{error.message}</p>
}

type Fact = string | number | boolean | null | undefined

/** What a hook says, under the names that it has there. */
export function Facts(facts: Readonly<Record<string, Fact>>) {
  return (
    <dl>
      {Object.entries(facts).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt> <dd>{String(value)}</dd>{' '}
        </div>
      ))}
    </dl>
  )
}

interface BoundaryState {
  error: Error | null
}

/** React has error boundaries as classes alone. */
class Boundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { error: null }
  static getDerivedStateFromError(error: Error): BoundaryState {
    return { error }
  }
  override render() {
    return this.state.error === null ? this.props.children : <Failure error={this.state.error} />
  }
}

/** Puts a hook that suspends below what it needs: somebody who shows that it loads, and somebody who takes its error. */
export const suspended: Decorator = (_, { originalStoryFn }) => (
  <Boundary>
    <Suspense fallback={<Waiting error={null} />}>
      {/* As a component of its own: Storybook calls a story's function itself, and loses count when that suspends. */}
      {createElement(originalStoryFn as ComponentType)}
    </Suspense>
  </Boundary>
)
