'use client'
import { useMemo, useSyncExternalStore } from 'react'

const MINUTE = 60_000

/** The present minute: a page that stays open says "today" when tomorrow has come. */
export function useNow(): Date {
  const minute = useSyncExternalStore(everyMinute, readMinute, readMinute)
  return useMemo(() => new Date(minute * MINUTE), [minute])
}

function everyMinute(onChange: () => void): () => void {
  const timer = setInterval(onChange, MINUTE)
  return () => clearInterval(timer)
}

function readMinute(): number {
  return Math.floor(Date.now() / MINUTE)
}
