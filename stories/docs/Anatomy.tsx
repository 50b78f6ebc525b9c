import { useEffect, useState } from 'react'

/** The parts of the component above, read from its own markup: each takes a class by `classNames`. */
export function Anatomy() {
  const parts = useParts()
  return (
    <>
      <p>
        The root is <code>classNames.root</code> and <code>className</code>; its state is on{' '}
        <code>data-state</code>. Each part has its name on <code>data-billing-part</code>, and takes a class
        by <code>classNames</code>. <code>unstyled</code> leaves the kit's classes out, <code>render</code>{' '}
        puts another element in the place of the root, <code>renderButton</code> in the place of the buttons
        inside it.
      </p>
      {parts.length > 0 && (
        <ul>
          {parts.map((name) => (
            <li key={name}>
              <code>{name}</code>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function useParts(): string[] {
  const [parts, setParts] = useState<string[]>([])
  useEffect(() => {
    const read = (): void => {
      const found = [...document.querySelectorAll<HTMLElement>('.sb-story [data-billing-part]')]
      const names = [...new Set(found.map(({ dataset }) => dataset['billingPart'] ?? ''))]
      setParts((before) => (before.join() === names.join() ? before : names))
    }
    // The stories are drawn after the page.
    const observer = new MutationObserver(read)
    observer.observe(document.body, { childList: true, subtree: true })
    read()
    return () => observer.disconnect()
  }, [])
  return parts
}
