'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useBilling } from '../context.js'
import { billingQueryKey } from '../query/config.js'

/**
 * Calls `forget` when any component begins to change the subscription: how an earlier change went is no news from then on. Whoever
 * begins forgets too, before.
 */
export function useNewUpdate(forget: () => void): void {
  const mutationKey = billingQueryKey(useBilling().organizationId, 'updateSubscription')
  const mutations = useQueryClient().getMutationCache()
  useEffect(() =>
    mutations.subscribe(({ type, mutation }) => {
      if (type === 'added' && mutations.findAll({ mutationKey }).includes(mutation)) forget()
    }),
  )
}
