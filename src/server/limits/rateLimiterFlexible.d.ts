// The library's index loads all of its stores, and with them modules of Node that edge runtimes lack. These are the two stores in use;
// the library describes them in its index alone.

declare module 'rate-limiter-flexible/lib/RateLimiterMemory.js' {
  import { RateLimiterMemory } from 'rate-limiter-flexible'

  export = RateLimiterMemory
}

declare module 'rate-limiter-flexible/lib/RateLimiterPostgres.js' {
  import { RateLimiterPostgres } from 'rate-limiter-flexible'

  export = RateLimiterPostgres
}
