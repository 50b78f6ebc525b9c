import type { ReactNode } from 'react'

interface TableProps {
  head: readonly [name: string, text: string]
  /** What is said of each name. */
  rows: Readonly<Record<string, ReactNode>>
  /** The element that a name is in. */
  as: 'code' | 'kbd'
}

/** What has a name, and what is said of it. */
export function Table({ head: [name, text], rows, as: Name }: TableProps) {
  return (
    <table>
      <thead>
        <tr>
          <th>{name}</th>
          <th>{text}</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(rows).map(([key, value]) => (
          <tr key={key}>
            <td>
              <Name>{key}</Name>
            </td>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
