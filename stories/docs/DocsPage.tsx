import {
  Canvas,
  Description,
  DocsContext,
  DocsStory,
  Heading,
  Subtitle,
  Title,
} from '@storybook/addon-docs/blocks'
import { useContext } from 'react'
import { Anatomy } from './Anatomy.js'
import { componentNamed } from './componentsByName.js'
import { Props } from './Props.js'
import { Table } from './Table.js'
import { Tokens } from './Tokens.js'

/** What a story file says of its component, beside its stories. */
interface Said {
  /** What each part of the View is. */
  parts?: Readonly<Record<string, string>>
  /** What the connected component has beside these. */
  partsWithin?: Readonly<Record<string, string>>
  /** What each key does. */
  keyboard?: Readonly<Record<string, string>>
}

/** The page of every component: what it is, its props, its parts, how to restyle it, its keys, and every state. */
export function DocsPage() {
  const context = useContext(DocsContext)
  const stories = context.componentStories()
  // What an app renders comes first.
  const first = stories.find(({ name }) => name === 'Connected') ?? context.storyById()
  const name = first.title.slice(first.title.lastIndexOf('/') + 1)
  const component = componentNamed(name)
  return (
    <>
      <Title />
      <Subtitle />
      {component ? <Description of={component} /> : <Description />}
      <Canvas of={first.moduleExport} />
      {component && <Reference name={name} {...(first.parameters as Said)} />}
      {stories.length > 1 && <Heading>Every state</Heading>}
      {stories.map(
        ({ id, moduleExport }) => id !== first.id && <DocsStory key={id} of={moduleExport} expanded />,
      )}
    </>
  )
}

function Reference({ name, parts, partsWithin, keyboard }: Said & { name: string }) {
  const view = componentNamed(`${name}View`)
  return (
    <>
      <Heading>Props</Heading>
      <Props of={name} />
      {view && (
        <>
          <Heading>Props of the View</Heading>
          <Description of={view} />
          <p>It takes your data, and asks nobody.</p>
          <Props of={`${name}View`} />
        </>
      )}
      {parts && (
        <>
          <Heading>Parts</Heading>
          <Anatomy parts={{ ...parts, ...partsWithin }} />
          <Heading>Theming</Heading>
          <Tokens />
        </>
      )}
      <Heading>Keyboard</Heading>
      {keyboard ? (
        <Table head={['Key', 'What it does']} as="kbd" rows={keyboard} />
      ) : (
        <p>Nothing of its own: buttons and links take the keys that the browser gives them.</p>
      )}
    </>
  )
}
