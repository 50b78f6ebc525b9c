declare module 'virtual:component-docs' {
  import type { ComponentDocs } from '../../.storybook/readComponents.js'
  const docs: Readonly<Record<string, ComponentDocs | undefined>>
  export default docs
}
