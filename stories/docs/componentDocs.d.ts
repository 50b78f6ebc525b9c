declare module 'virtual:component-docs' {
  import type { StrictArgTypes } from 'storybook/internal/types'

  /** What a docs page says of a component: its docstring, and its props, without those of its native element. */
  export interface ComponentDocs {
    description: string
    props: StrictArgTypes
    /** It also takes the props of the element that it renders. */
    isElement: boolean
  }

  /** By the names of the components. */
  const docs: Readonly<Record<string, ComponentDocs | undefined>>
  export default docs
}
