'use client'
import { forwardRef, type ReactElement, type ReactNode, useState } from 'react'
import { useBilling } from '../../context.js'
import type { Catalog } from '../../contract/catalog.js'
import type { MeterId } from '../../contract/register.js'
import type { CompleteUsage } from '../../contract/usage.js'
import { useUsage } from '../../hooks/useUsage.js'
import type { CheckoutOptions } from '../../query/checkout.js'
import { type ButtonsProps, type ButtonSlot, innerStyling } from '../ActionButton/buttonPart.js'
import { BillingBanner, type BillingBannerProps } from '../BillingBanner/BillingBanner.js'
import { CheckoutReturn, type CheckoutReturnProps } from '../CheckoutReturn/CheckoutReturn.js'
import { InvoiceList, type InvoiceListProps } from '../InvoiceList/InvoiceList.js'
import { PricingTable, type PricingTableProps } from '../PricingTable/PricingTable.js'
import { Root, type RootProps } from '../Root.js'
import { SeatList, type SeatListProps } from '../SeatList/SeatList.js'
import { SubscriptionCard, type SubscriptionCardProps } from '../SubscriptionCard/SubscriptionCard.js'
import { type LocalizedProps, translator } from '../translator.js'
import { UsageChart, type UsageChartProps } from '../UsageChart/UsageChart.js'
import { UsageMeterList, type UsageMeterListProps } from '../UsageMeterList/UsageMeterList.js'
import { useLocalization } from '../useLocalization.js'
import { billingPageMessages } from './billingPageMessages.js'
import { type BillingPageSection, underHeading } from './underHeading.js'

const SECTIONS: readonly BillingPageSection[] = ['subscription', 'usage', 'plans', 'seats', 'invoices']

/** The classes of everything on the page. */
interface InnerClassNames {
  readonly CheckoutReturn?: CheckoutReturnProps['classNames']
  readonly BillingBanner?: BillingBannerProps['classNames']
  readonly SubscriptionCard?: SubscriptionCardProps['classNames']
  readonly UsageMeterList?: UsageMeterListProps['classNames']
  readonly UsageChart?: UsageChartProps['classNames']
  readonly PricingTable?: PricingTableProps['classNames']
  readonly SeatList?: SeatListProps['classNames']
  readonly InvoiceList?: InvoiceListProps['classNames']
}

export interface BillingPageProps
  extends
    Omit<RootProps<'div', 'section' | 'heading' | ButtonSlot, InnerClassNames>, 'onSelect'>,
    ButtonsProps,
    Pick<LocalizedProps<typeof billingPageMessages>, 'messages'>,
    Pick<PricingTableProps, 'onSelect'> {
  /** What it shows, in this order. @default subscription, usage, plans, seats, invoices */
  sections?: readonly BillingPageSection[] | undefined
  /** How plans are bought: see `useCheckout`. @default 'redirect' */
  checkoutMode?: CheckoutOptions['mode']
  /** Colours of an embedded checkout. @default 'light' */
  checkoutTheme?: CheckoutOptions['theme']
}

/**
 * A whole billing page: how a purchase is coming along, what is urgent, and below headings (`<h2>`) the subscription, usage, plans, seats
 * and invoices. What the backend or the plan does not have is left out with its heading; signed out the plans are left. Renders a
 * `<div>`, whose sections are named on `data-section`. Brings `CheckoutReturn` and `BillingBanner`, which belong on a page once.
 */
export const BillingPage = forwardRef<HTMLDivElement, BillingPageProps>(function BillingPage(
  { sections = SECTIONS, checkoutMode, checkoutTheme, onSelect, messages, renderButton, ...props },
  ref,
) {
  const { catalog } = useBilling()
  const { data: usage } = useUsage()
  const localization = useLocalization('BillingPage', { messages })
  const text = translator(billingPageMessages, localization.messages, localization.locale)
  // There where the price list is.
  const [plans, setPlans] = useState<HTMLElement | null>(null)
  const { classNames, unstyled } = props
  const styling = { classNames, unstyled, renderButton }
  const meter = firstMeter(catalog, usage)

  const under = (name: BillingPageSection, tag: 'div' | 'section', children?: ReactNode) =>
    underHeading({
      name,
      tag,
      title: text(name),
      titleRef: name === 'plans' ? setPlans : undefined,
      classNames,
      children,
    })

  const components: Record<BillingPageSection, ReactElement> = {
    subscription: (
      <SubscriptionCard
        key="subscription"
        {...innerStyling(classNames?.SubscriptionCard, styling)}
        render={under('subscription', 'section')}
      />
    ),
    usage: (
      <UsageMeterList
        key="usage"
        classNames={classNames?.UsageMeterList}
        unstyled={unstyled}
        render={under(
          'usage',
          'section',
          meter && <UsageChart meter={meter} classNames={classNames?.UsageChart} unstyled={unstyled} />,
        )}
      />
    ),
    plans: (
      <PricingTable
        key="plans"
        mode={checkoutMode}
        theme={checkoutTheme}
        onSelect={onSelect}
        {...innerStyling(classNames?.PricingTable, styling)}
        render={under('plans', 'div')}
      />
    ),
    seats: (
      <SeatList key="seats" {...innerStyling(classNames?.SeatList, styling)} render={under('seats', 'div')} />
    ),
    invoices: (
      <InvoiceList
        key="invoices"
        {...innerStyling(classNames?.InvoiceList, styling)}
        render={under('invoices', 'div')}
      />
    ),
  }
  return (
    <Root tag="div" baseClass="billing-page" ref={ref} {...props}>
      <CheckoutReturn {...innerStyling(classNames?.CheckoutReturn, styling)} />
      <BillingBanner
        {...innerStyling(classNames?.BillingBanner, styling)}
        onUpgrade={plans ? () => plans.focus() : undefined}
      />
      {sections.map((name) => components[name])}
    </Root>
  )
})

/** The first that has a history: a gauge of the app has none. */
function firstMeter(catalog: Catalog | undefined, usage: CompleteUsage | undefined): MeterId | undefined {
  if (catalog === undefined) return usage?.meters[0]?.key
  return Object.entries(catalog.meters ?? {}).find(([, { source }]) => source !== 'app')?.[0]
}
