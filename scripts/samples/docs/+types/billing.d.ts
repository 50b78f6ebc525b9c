import type { DehydratedState } from '@tanstack/react-query'

/** What React Router generates for a route. */
export declare namespace Route {
  interface LoaderArgs {
    request: Request
  }
  interface ComponentProps {
    loaderData: { dehydratedState: DehydratedState }
  }
}
