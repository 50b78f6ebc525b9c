export const usageMeterListMessages = {
  label: 'Usage',
  loading: 'Loading…',
  unavailable: 'Usage unavailable',
  empty: 'Nothing is metered.',
  stale: 'Last known',
} as const
