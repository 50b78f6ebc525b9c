import type { Plugin } from 'vite'
import { readComponents } from './readComponents.js'

const NAME = 'virtual:component-docs'

/** Gives stories the docs of all components, as a module: they are read from the types when it is first asked for. */
export function componentDocs(): Plugin {
  return {
    name: 'component-docs',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: (id) =>
      id === `\0${NAME}` ? `export default ${JSON.stringify(readComponents(process.cwd()))}` : undefined,
  }
}
