import { Table } from './Table.js'

/** The parts of a component, each with what it is. */
export function Anatomy({ parts }: { parts: Readonly<Record<string, string>> }) {
  return (
    <>
      <p>
        Each part takes a class of yours by its name in <code>classNames</code>, and has that name on{' '}
        <code>data-billing-part</code>, all but the root, which takes <code>className</code>, too. A state is
        on <code>data-state</code>. <code>unstyled</code> leaves the kit's classes out.
      </p>
      <Table head={['Part', 'What it is']} as="code" rows={parts} />
    </>
  )
}
