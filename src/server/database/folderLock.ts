import { describeHolder, hasEnded, isThisProcess, readHolder, thisProcess } from './lockHolder.js'
import { node } from './node.js'

// PGlite on a folder belongs to one process: two of them lose acknowledged rows without any error. The lock lies in the folder, so
// that it goes with it into a container. All of it is synchronous: a PGlite opens its folder some time after it was made, and one
// that is handed over at once is refused before it has touched anything.

const FILE = '.polar-billing-kit.lock'

/** The folder that a PGlite was told to use; `null`: it keeps its data elsewhere. */
export function folderOf(dataDir: string | undefined): string | null {
  if (dataDir === undefined || dataDir === '') return null
  if (dataDir.startsWith('file://')) return dataDir.slice('file://'.length)
  return /^[a-z0-9-]+:\/\//.test(dataDir) ? null : dataDir
}

/**
 * Takes the folder for this process until the returned function is called or the process ends. A lock that a dead process left
 * behind is taken over.
 *
 * @throws Error if somebody else has it
 */
export function lockFolder(folder: string): () => void {
  node.fs.mkdirSync(folder, { recursive: true })
  const real = node.fs.realpathSync(folder)
  const file = node.path.join(real, FILE)
  if (!create(file)) {
    takeAway(file)
    if (!create(file)) throw inUse(real, file)
  }
  const unlock = (): void => {
    process.off('exit', unlock)
    // A folder that was removed and locked anew has another holder.
    if (isThisProcess(readHolder(file))) node.fs.rmSync(file, { force: true })
  }
  process.once('exit', unlock)
  return unlock
}

/** `false`: there is one already. */
function create(file: string): boolean {
  try {
    node.fs.writeFileSync(file, JSON.stringify(thisProcess()), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

// Under a lock of its own: of two that found the same dead holder, the second would otherwise remove the first one's new lock.
function takeAway(file: string): void {
  const guard = `${file}.takeover`
  if (!hasEnded(readHolder(file)) || !create(guard)) return
  try {
    if (hasEnded(readHolder(file))) node.fs.rmSync(file, { force: true })
  } finally {
    node.fs.rmSync(guard, { force: true })
  }
}

function inUse(folder: string, file: string): Error {
  return new Error(
    `polar-billing-kit: the PGlite folder ${folder} is in use by ${describeHolder(readHolder(file))}. A folder belongs to one ` +
      `PGlite in one process; for several, use Postgres. If that process is gone, delete ${file}.`,
  )
}
