/** Modules of Node for the state's file. Asked for and not imported, so that an emulator without a file loads where there are none. */
export const node = {
  get fs() {
    return process.getBuiltinModule('node:fs')
  },
  get path() {
    return process.getBuiltinModule('node:path')
  },
}
