import { Markdown, Source, Subheading } from '@storybook/addon-docs/blocks'
import type { MemberDocs, TypeDocs } from '../../.storybook/describeHooks.js'

/** What a hook takes and gives, type by type. */
export function HookTypes({ types }: { types: readonly TypeDocs[] }) {
  // A hook and its variant share most of them.
  const each = new Map(types.map((type) => [type.name, type]))
  return [...each.values()].map(({ name, docs, code, beside = [], members }) => (
    <section key={name}>
      <Subheading>{name}</Subheading>
      <Markdown>{docs}</Markdown>
      {beside.length > 0 && (
        <p>
          Beside what is in <code>{beside.join(', ')}</code>:
        </p>
      )}
      {code !== undefined && <Source language="typescript" code={code} />}
      {members && <Members members={members} />}
    </section>
  ))
}

function Members({ members }: { members: readonly MemberDocs[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th>Name</th>
          <th>Type</th>
          <th>What it is</th>
        </tr>
      </thead>
      <tbody>
        {members.map(({ name, type, docs }) => (
          <tr key={name}>
            <td>
              <code>{name}</code>
            </td>
            <td>
              <code>{type}</code>
            </td>
            <td>
              <Markdown>{docs.replace('@default', '\n\nDefault:')}</Markdown>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
