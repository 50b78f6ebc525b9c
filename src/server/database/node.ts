/** Modules of Node for the few places that need them. Asked for and not imported, so that the server half loads on edge runtimes too. */
export const node = {
  get fs() {
    return process.getBuiltinModule('node:fs')
  },
  get os() {
    return process.getBuiltinModule('node:os')
  },
  get path() {
    return process.getBuiltinModule('node:path')
  },
}
