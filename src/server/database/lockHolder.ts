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
    processStart: statOf(process.pid)[START] ?? null,
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
  const { [STATE]: state, [START]: start = null } = statOf(holder.pid)
  return !isAlive(holder.pid) || state === ZOMBIE || start !== holder.processStart
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

// Counted after the command's name, which may hold spaces.
const STATE = 0
const START = 19
/** It has ended, and nobody has taken notice: in a container that is for ever, if its first process does not care. */
const ZOMBIE = 'Z'

/** What Linux tells of a process; empty where there is no such process, or no Linux. */
function statOf(pid: number): string[] {
  try {
    const stat = node.fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}
