import type { World } from '../core/world.js'
import { createSaver } from './createSaver.js'
import type { EmulatorState } from './emulatorState.js'
import { openStateFile } from './stateFile.js'
import { takeState } from './takeState.js'

/** What the emulator tells whoever keeps its state. */
interface KeptState {
  /** Where it goes on from. */
  readonly state: EmulatorState | null
  /** Something has changed by itself. */
  onWork(): void
  /** The controls, of which each call may change something. */
  watch<Controls extends object>(controls: Controls): Controls
  /** Holds an answer back until what the request has changed is saved: what a client was told is true after a restart. */
  answer(request: Request, response: Response): Promise<Response>
  close(): void
}

/** @throws Error if the file cannot be used */
export function keepState(file: string | undefined, world: () => World): KeptState {
  if (file === undefined) return FORGETFUL
  const { state, write } = openStateFile(file)
  const saver = createSaver(() => write(takeState(world())))
  return {
    state,
    onWork: saver.soon,
    watch: (controls) =>
      new Proxy(controls, {
        get: (target, key, receiver) => {
          saver.soon()
          return Reflect.get(target, key, receiver) as unknown
        },
      }),
    answer: async (request, response) => {
      if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return response
      try {
        await saver.saved()
        return response
      } catch (error) {
        return Response.json({ error: 'StateNotSaved', detail: String(error) }, { status: 500 })
      }
    },
    close: saver.close,
  }
}

const FORGETFUL: KeptState = {
  state: null,
  onWork: () => undefined,
  watch: (controls) => controls,
  answer: async (_request, response) => response,
  close: () => undefined,
}
