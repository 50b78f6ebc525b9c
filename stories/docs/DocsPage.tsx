import {
  Controls,
  Description,
  DocsContext,
  Heading,
  Primary,
  Stories,
  Subtitle,
  Title,
} from '@storybook/addon-docs/blocks'
import { useContext } from 'react'
import { Anatomy } from './Anatomy.js'
import { Tokens } from './Tokens.js'

/** What a story file says beside its stories, as `parameters.keyboard`: what each key does. */
type Keyboard = Readonly<Record<string, string>>

/** The page of every component: what it is, its props, its parts, how to restyle it, its keys, and every state. */
export function DocsPage() {
  return (
    <>
      <Title />
      <Subtitle />
      <Description />
      <Primary />
      <Heading>Props</Heading>
      <Controls />
      <Heading>Parts</Heading>
      <Anatomy />
      <Heading>Theming</Heading>
      <Tokens />
      <Heading>Keyboard</Heading>
      <Keys />
      <Stories title="Every state" includePrimary={false} />
    </>
  )
}

function Keys() {
  const context = useContext(DocsContext)
  const { parameters } = context.storyById()
  const keys = parameters['keyboard'] as Keyboard | undefined
  if (keys === undefined) {
    return <p>Nothing of its own: buttons and links take the keys that the browser gives them.</p>
  }
  return (
    <table>
      <thead>
        <tr>
          <th>Key</th>
          <th>What it does</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(keys).map(([key, effect]) => (
          <tr key={key}>
            <td>
              <kbd>{key}</kbd>
            </td>
            <td>{effect}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
