import type { CSSProperties } from 'react'

/** What only screen readers get. Written here, so that it is hidden without the kit's styles, too. */
export const HIDDEN: CSSProperties = {
  position: 'absolute',
  inlineSize: 1,
  blockSize: 1,
  margin: -1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
}
