declare module 'virtual:hooks' {
  // oxlint-disable-next-line typescript/consistent-type-imports -- an ambient module has no other way
  export const hooks: import('../../.storybook/describeHooks.js').HookDocs[]
}
