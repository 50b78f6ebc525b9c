export const usageMeterMessages = {
  label: 'Usage',
  loading: 'Loading…',
  unavailable: 'Unavailable',
  value: '{used} {unit}',
  valueOfLimit: '{used} of {limit} {unit}',
  overLimit: '{excess} over the limit',
  overIncluded: '{overage} above the included {included}',
  pending: '{pending} pending',
  stale: 'last known',
  separator: ', ',
} as const
