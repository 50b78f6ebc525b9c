import { BillingPage, CheckoutReturn, PlanBadge, PortalButton } from 'polar-billing-kit'
import { Plan } from './Plan.js'
import { Studio } from './Studio.js'
import { useView } from './useView.js'

export function App() {
  const view = useView()
  return (
    <>
      <header className="top">
        <span className="logo">Acme Voices</span>
        <nav aria-label="Pages">
          <a href="#studio" aria-current={view === 'studio' ? 'page' : undefined}>
            Studio
          </a>
          <a href="#billing" aria-current={view === 'billing' ? 'page' : undefined}>
            Billing
          </a>
        </nav>
        <PlanBadge className="plan" />
        <PortalButton className="push" />
      </header>
      {view === 'studio' ? (
        <main className="page">
          <CheckoutReturn className="wide" />
          <Studio />
          <Plan />
        </main>
      ) : (
        <main className="page billing">
          <h1>Billing</h1>
          <BillingPage />
        </main>
      )}
    </>
  )
}
