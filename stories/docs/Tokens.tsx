import tokens from '../../src/components/tokens.css?raw'

const TOKEN = /var\((--billing-[\w-]+), (.*)\);/g

/** The tokens of the theme, as styles.css has them. */
export function Tokens() {
  return (
    <>
      <p>
        Set a token on any ancestor. Every rule of styles.css weighs nothing (<code>:where()</code>), so that
        one class of yours overrides it. Colours follow the page's <code>color-scheme</code>.
      </p>
      <table>
        <thead>
          <tr>
            <th>Token</th>
            <th>Default</th>
          </tr>
        </thead>
        <tbody>
          {[...tokens.matchAll(TOKEN)].map(([, name, value]) => (
            <tr key={name}>
              <td>
                <code>{name}</code>
              </td>
              <td>
                <code>{value}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
