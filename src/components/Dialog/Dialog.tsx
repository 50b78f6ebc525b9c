'use client'
import {
  forwardRef,
  type MouseEvent,
  type ReactNode,
  type SyntheticEvent,
  useId,
  useImperativeHandle,
  useRef,
} from 'react'
import { useIsomorphicLayoutEffect } from '../../hooks/useIsomorphicLayoutEffect.js'
import { part, Root, type RootProps } from '../Root.js'

/** The parts of every dialog. */
export type DialogSlot = 'body' | 'title'

export interface DialogProps extends RootProps<'dialog', DialogSlot> {
  /** What it is about, in a few words: the dialog's name. */
  title: string
  /** Called when somebody presses Escape or clicks beside the dialog. Whoever shows it then stops to. */
  onDismiss: () => void
  children?: ReactNode
}

/**
 * A modal dialog that is open as long as it is rendered. Renders a native `<dialog>`: the browser keeps the focus inside, and gives it
 * back when it is gone.
 */
export const Dialog = forwardRef<HTMLDialogElement, DialogProps>(function Dialog(
  { title, onDismiss, children, ...props },
  ref,
) {
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useImperativeHandle(ref, () => dialog.current as HTMLDialogElement)
  useIsomorphicLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // Closed before it is removed, or the browser would not give the focus back.
    return () => element?.close()
  }, [])
  return (
    <Root
      tag="dialog"
      baseClass="billing-dialog"
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event: Event) => {
        event.preventDefault()
        onDismiss()
      }}
      // A second Escape closes it, whatever the first one was answered. In strict mode it is open again when the event arrives.
      onClose={(event: SyntheticEvent<HTMLDialogElement>) => !event.currentTarget.open && onDismiss()}
      // The backdrop belongs to the dialog, and everything in it lies in an element of its own.
      onClick={(event: MouseEvent) => event.target === event.currentTarget && onDismiss()}
      {...props}
    >
      <div {...part('body', props.classNames)}>
        <h2 id={titleId} {...part('title', props.classNames)}>
          {title}
        </h2>
        {children}
      </div>
    </Root>
  )
})
