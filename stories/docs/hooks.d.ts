declare module 'virtual:hooks' {
  export const hooks: import('../../.storybook/describeHooks.js').HookDocs[]
}
