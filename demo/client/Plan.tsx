import { formatMoney, UpgradeButton, UsageMeter, useBilling, useUsage } from 'polar-billing-kit'

/** What the organization has and uses: the kit's components, and one line of its own over a hook. */
export function Plan() {
  return (
    <section className="card" aria-labelledby="plan">
      <h2 id="plan">Your plan</h2>
      <UsageMeter meter="characters" />
      <EstimatedCost />
      <UpgradeButton planType="pro" />
      <p className="quiet">Pro: $29 a month with 10,000 characters, then 0.03 cents each.</p>
    </section>
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
