import {
  DocsContext,
  Heading,
  Markdown,
  Primary,
  Source,
  Stories,
  Subheading,
  Title,
} from '@storybook/addon-docs/blocks'
import { Fragment, useContext } from 'react'
import { hooks } from 'virtual:hooks'
import { Errors } from './Errors.js'
import { HookTypes } from './HookTypes.js'

/** The page of every hook, by its title, and of its variant for `<Suspense>`: what it is, takes, gives and throws, read from the sources. */
export function HookPage() {
  const { title } = useContext(DocsContext).storyById()
  const name = title.replace('Hooks/', '')
  const described = hooks.filter((hook) => [name, name.replace('use', 'useSuspense')].includes(hook.name))
  return (
    <>
      <Title>{name}</Title>
      <Markdown>{described[0]?.docs.replace(/@throws[^]*/, '') ?? ''}</Markdown>
      <Primary />
      <Heading>Signature</Heading>
      {described.map(({ name: variant, docs, signature }) => (
        <Fragment key={variant}>
          {variant !== name && <Subheading>{variant}</Subheading>}
          {variant !== name && <Markdown>{docs}</Markdown>}
          <Source language="typescript" code={signature} />
        </Fragment>
      ))}
      {described.some(({ signature }) => /\bUse|InfiniteData/.test(signature)) && (
        <p>
          Names that start with <code>Use</code>, and <code>InfiniteData</code>, are TanStack Query's: its
          options and results, all of them.
        </p>
      )}
      <Heading>Types</Heading>
      <HookTypes types={described.flatMap(({ types }) => types)} />
      <Heading>Errors</Heading>
      <Errors of={described} />
      <Stories title="In use" includePrimary={false} />
    </>
  )
}
