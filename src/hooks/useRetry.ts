'use client'
import { type QueryKey, useQueryClient } from '@tanstack/react-query'

/** Asks a query again at once, also one that waits for its next try: somebody does not want to wait. */
export function useRetry(queryKey: QueryKey): () => void {
  const queryClient = useQueryClient()
  return () => {
    void queryClient.cancelQueries({ queryKey }).then(() => queryClient.refetchQueries({ queryKey }))
  }
}
