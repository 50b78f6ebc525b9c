import tokens from '../../src/components/tokens.css?raw'
import { Table } from './Table.js'

const TOKEN = /var\((--billing-[\w-]+), (.*)\);/g

/** The tokens of the theme, as styles.css has them. */
export function Tokens() {
  const defaults = [...tokens.matchAll(TOKEN)].map(([, name = '', value]) => [
    name,
    <code key={name}>{value}</code>,
  ])
  return (
    <>
      <p>
        Set a token on any ancestor. Every rule of styles.css weighs nothing (<code>:where()</code>), so that
        one class of yours overrides it. Colours follow the page's <code>color-scheme</code>.
      </p>
      <Table head={['Token', 'Default']} as="code" rows={Object.fromEntries(defaults)} />
    </>
  )
}
