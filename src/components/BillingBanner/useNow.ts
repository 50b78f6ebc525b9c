'use client'
import { useMemo, useSyncExternalStore } from 'react'

const MINUTE = 60_000

/**
 * The present minute: a page that stays open says "today" when tomorrow has come.
 *
 * @param readAt milliseconds: on the server, and where the browser takes over from it, now is when the data was read. The two clocks may
 *   be a day apart.
 */
export function useNow(readAt: number): Date {
  const minute = useSyncExternalStore(
    everyMinute,
    () => minuteOf(Date.now()),
    () => minuteOf(readAt),
  )
  return useMemo(() => new Date(minute * MINUTE), [minute])
}

function everyMinute(onChange: () => void): () => void {
  const timer = setInterval(onChange, MINUTE)
  return () => clearInterval(timer)
}

function minuteOf(time: number): number {
  return Math.floor(time / MINUTE)
}
