import {
  formatMoney,
  UpgradeButton,
  UsageMeter,
  useBilling,
  useBillingStatus,
  useUsage,
} from 'polar-billing-kit'

/** What the organization has and uses: the kit's components, and one line of its own over a hook. */
export function Plan() {
  return (
    <section className="card" aria-labelledby="plan">
      <h2 id="plan">Your plan</h2>
      <UsageMeter meter="characters" />
      <EstimatedCost />
      <ProOffer />
    </section>
  )
}

/** A button sells; who has another plan changes it where the plans are. */
function ProOffer() {
  const { data } = useBillingStatus()
  if (data?.isActive === true && data.planType !== 'pro') return <a href="#billing">Change your plan</a>
  return (
    <>
      <UpgradeButton planType="pro" />
      <p className="quiet">Pro: $29 a month with 10,000 characters, then 0.03 cents each.</p>
    </>
  )
}

function EstimatedCost() {
  const { locale } = useBilling()
  const { data } = useUsage()
  if (data === undefined) return null
  const { estimatedCostCents, currency } = data
  return (
    <p className="cost">
      Estimated cost of usage{' '}
      <strong>{estimatedCostCents === null ? '–' : formatMoney(estimatedCostCents, currency, locale)}</strong>
    </p>
  )
}
