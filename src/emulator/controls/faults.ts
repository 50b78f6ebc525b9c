import { check } from '../core/check.js'
import { newId } from '../core/ids.js'
import { type Fault, type FaultInput, fault as schema } from '../core/settings.js'
import type { Host } from './host.js'
import type { EmulatorControls } from './types.js'

type Part = 'listFaults' | 'addFault' | 'takeDown' | 'clearFaults'

export function faultControls(host: Host): Pick<EmulatorControls, Part> {
  const list = () => Array.from(host.world.faults.values(), (fault) => ({ ...fault }))
  const add = (input: FaultInput): Fault => {
    const fault: Fault = { ...check(schema, input), id: newId(), hits: 0 }
    host.world.faults.set(fault.id, fault)
    return { ...fault }
  }
  return {
    listFaults: list,
    addFault: add,
    takeDown: () => add({ status: 503, body: 'html' }),
    clearFaults: ({ id } = {}) => {
      if (id === undefined) host.world.faults.clear()
      else host.world.faults.delete(id)
      return list()
    },
  }
}
