import { useSyncExternalStore } from 'react'

/** What the address says is to be seen: a demo needs no router. */
export function useView(): 'studio' | 'billing' {
  return useSyncExternalStore(onHashChange, () => (location.hash === '#billing' ? 'billing' : 'studio'))
}

function onHashChange(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}
