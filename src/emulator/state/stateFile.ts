import { node } from '../core/node.js'
import { type EmulatorState, FORMAT, TABLES, VERSION } from './emulatorState.js'

/** Where the emulator's state is kept. */
export interface StateFile {
  /** What it held at the start; `null`: there was no file. */
  readonly state: EmulatorState | null
  /**
   * Puts a new state in its place: whoever reads the file at any moment finds the old state or the new one, whole.
   *
   * @throws Error if somebody else has written the file since
   */
  write(state: EmulatorState): void
}

/** @throws Error if the file is not one of ours, broken, or of a newer release; it stays as it is */
export function openStateFile(file: string): StateFile {
  let known = stampOf(file)
  return {
    state: known === null ? null : parse(file, node.fs.readFileSync(file, 'utf8')),
    write: (state) => {
      const found = stampOf(file)
      if (found !== null && found !== known) throw new Error(inUse(file))
      node.fs.mkdirSync(node.path.dirname(file), { recursive: true })
      // It holds the secrets of webhook endpoints.
      node.fs.writeFileSync(`${file}.tmp`, JSON.stringify(state), { mode: 0o600, flush: true })
      node.fs.renameSync(`${file}.tmp`, file)
      known = stampOf(file)
    },
  }
}

/** Tells one version of a file from another. `null`: there is none. */
function stampOf(file: string): string | null {
  const found = node.fs.statSync(file, { throwIfNoEntry: false })
  return found === undefined ? null : `${found.ino} ${found.mtimeMs}`
}

function parse(file: string, text: string): EmulatorState {
  const state = readJson(text) as Partial<EmulatorState> | null
  if (typeof state !== 'object' || state?.format !== FORMAT)
    throw new Error(`Emulator: ${file} holds no state of the emulator, or only a part of one. ${ADVICE}`)
  if (state.version !== VERSION)
    throw new Error(
      `Emulator: the state in ${file} has version ${String(state.version)}, and this release knows version ${VERSION}. Use the ` +
        `release that wrote it, or a newer one. ${ADVICE}`,
    )
  state.tables = { ...LATER_TABLES, ...state.tables } as EmulatorState['tables']
  if (!isWhole(state)) throw new Error(`Emulator: parts of the state in ${file} are missing. ${ADVICE}`)
  return state
}

const ADVICE = 'To start afresh, move the file away or name another one. It was not touched.'

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Tables that the first releases did not know, and had nothing for. */
const LATER_TABLES: Partial<EmulatorState['tables']> = { members: [], seats: [] }

/** The rows themselves are believed. */
function isWhole(state: Partial<EmulatorState>): state is EmulatorState {
  const { savedAt, clock, catalog, organization, tables, events } = state
  const isKept = [catalog, organization].every((value) => typeof value === 'object')
  const isTimed = Number.isFinite(savedAt) && Number.isFinite(clock?.now) && Array.isArray(clock?.planned)
  return isKept && isTimed && Array.isArray(events) && TABLES.every((name) => Array.isArray(tables?.[name]))
}

function inUse(file: string): string {
  return (
    `Emulator: ${file} was written by somebody else since this emulator read it, so nothing is saved. ` +
    'A file belongs to one emulator: give each its own.'
  )
}
