import { CheckoutReturn, PlanBadge, PortalButton } from 'polar-billing-kit'
import { Plan } from './Plan.js'
import { Studio } from './Studio.js'

export function App() {
  return (
    <>
      <header className="top">
        <span className="logo">Acme Voices</span>
        <PlanBadge className="plan" />
        <PortalButton className="push" />
      </header>
      <main className="page">
        <CheckoutReturn className="wide" />
        <Studio />
        <Plan />
      </main>
    </>
  )
}
