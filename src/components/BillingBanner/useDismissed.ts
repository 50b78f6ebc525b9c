'use client'
import { useCallback, useSyncExternalStore } from 'react'

const KEY = 'polar-billing-kit:dismissed:'
const listeners = new Set<() => void>()
// For a browser that blocks the session storage, or whose storage is full: it forgets on reload.
const inMemory = new Set<string>()

/** Whether somebody has hidden this in the present session, and how to. On the server nobody has. */
export function useDismissed(id: string): [isDismissed: boolean, dismiss: () => void] {
  const isDismissed = useSyncExternalStore(
    listen,
    () => read(id),
    () => false,
  )
  const dismiss = useCallback(() => {
    write(id)
    listeners.forEach((listener) => listener())
  }, [id])
  return [isDismissed, dismiss]
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read(id: string): boolean {
  if (inMemory.has(id)) return true
  try {
    return sessionStorage.getItem(KEY + id) !== null
  } catch {
    return false
  }
}

function write(id: string): void {
  try {
    sessionStorage.setItem(KEY + id, '')
  } catch {
    inMemory.add(id)
  }
}
