import { join } from 'node:path'
import type { Plugin } from 'vite'
import { describeHooks } from './describeHooks.js'

const NAME = 'virtual:hooks'
const ROOT = join(import.meta.dirname, '..')

/** `virtual:hooks`: what the sources say of every public hook, for its page. Storybook itself reads the props of components alone. */
export const hooksPlugin = (): Plugin => ({
  name: 'hooks',
  resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
  load: (id) => (id === `\0${NAME}` ? `export const hooks = ${JSON.stringify(describeHooks(ROOT))}` : null),
})
