import { lockFolder } from './folderLock.js'

interface SharedLock {
  users: number
  unlock: () => void
}

const locks = new WeakMap<object, SharedLock>()

/** The lock of an instance that may be handed over more than once; the last one that gives it back unlocks the folder. */
export function shareFolderLock(instance: object, folder: string): () => void {
  const lock = locks.get(instance) ?? { users: 0, unlock: lockFolder(folder) }
  lock.users += 1
  locks.set(instance, lock)
  let given = false
  return () => {
    if (given) return
    given = true
    lock.users -= 1
    if (lock.users > 0) return
    locks.delete(instance)
    lock.unlock()
  }
}
