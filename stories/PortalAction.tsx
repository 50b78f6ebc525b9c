import { PortalButtonView, useBilling } from 'polar-billing-kit'

/** A button among the actions of a View, in the toolbar's language. */
export function PortalAction() {
  const { locale, messages } = useBilling()
  return <PortalButtonView locale={locale} messages={messages?.PortalButton} />
}
// The code of a story shows what an app would write.
PortalAction.displayName = 'PortalButton'
