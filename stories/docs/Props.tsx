import { ArgTypes, Source } from '@storybook/addon-docs/blocks'
import { componentNamed, docsOf } from './componentsByName.js'

/** The props of a component of the package, from its types. */
export function Props({ of: name }: { of: string }) {
  const component = componentNamed(name)
  return (
    <>
      <Source code={`import { ${name} } from 'polar-billing-kit'`} language="tsx" />
      <ArgTypes of={component} />
      {docsOf(component)?.isElement === true && (
        <p>
          All other props go to its element: <code>id</code>, <code>style</code>, <code>aria-label</code>,{' '}
          <code>ref</code> and the rest.
        </p>
      )}
    </>
  )
}
