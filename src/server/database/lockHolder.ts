import { node } from './node.js'

/** Who has a lock, as its file tells. */
export interface Holder {
  pid: number
  host: string
  /** When the process began, as its system counts: a later process may have its id. `null` where the system does not tell. */
  processStart: string | null
  lockedAt: string
}

export function thisProcess(): Holder {
  return {
    pid: process.pid,
    host: node.os.hostname(),
    processStart: startOf(process.pid),
    lockedAt: new Date().toISOString(),
  }
}

/** `null`: there is no such file, or it is not written yet. */
export function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(node.fs.readFileSync(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

export function isThisProcess(holder: Holder | null): boolean {
  const { pid, host, processStart } = thisProcess()
  return holder?.pid === pid && holder.host === host && holder.processStart === processStart
}

/** Only what is certain: of a process on another machine, or in another container, nothing is known. */
export function hasEnded(holder: Holder | null): boolean {
  if (holder === null || holder.host !== node.os.hostname()) return false
  return !isAlive(holder.pid) || startOf(holder.pid) !== holder.processStart
}

export function describeHolder(holder: Holder | null): string {
  if (holder === null) return 'another process'
  if (isThisProcess(holder)) return `another PGlite of this process (${holder.pid})`
  return `process ${holder.pid} on ${holder.host} since ${holder.lockedAt}`
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It exists and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// Linux: the 22nd field, counted after the command's name, which may hold spaces.
function startOf(pid: number): string | null {
  try {
    const stat = node.fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
