import {
  BillingBanner,
  InvoiceList,
  PlanBadge,
  PortalButton,
  PricingTable,
  SeatList,
  SubscriptionCard,
  UpgradeButton,
  UsageChart,
  UsageMeter,
  UsageMeterList,
  UsageRing,
} from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { describe } from 'vitest'
import { testComponent } from './testComponent.js'

// What a View promises is promised by the component around it, in the states in which it shows the most.

const { pastDue, canceling, paused, team, overLimit } = scenarios

describe('<BillingBanner />', () => testComponent(BillingBanner, {}, HTMLDivElement, { scenario: pastDue }))
describe('<BillingBanner />, to resume', () =>
  testComponent(BillingBanner, {}, HTMLDivElement, { scenario: paused }))
describe('<BillingBanner />, to upgrade', () =>
  testComponent(BillingBanner, { onUpgrade: () => undefined }, HTMLDivElement, { scenario: overLimit }))
describe('<InvoiceList />', () => testComponent(InvoiceList, {}, HTMLDivElement, { scenario: team }))
describe('<PlanBadge />', () => testComponent(PlanBadge, {}, HTMLSpanElement, { scenario: pastDue }))
describe('<PortalButton />', () => testComponent(PortalButton, {}, HTMLButtonElement, { scenario: pastDue }))
describe('<PricingTable />', () => testComponent(PricingTable, {}, HTMLDivElement, { scenario: pastDue }))
describe('<SeatList />', () => testComponent(SeatList, {}, HTMLDivElement, { scenario: team }))
describe('<SubscriptionCard />', () =>
  testComponent(SubscriptionCard, {}, HTMLElement, { scenario: pastDue }))
describe('<SubscriptionCard />, to keep', () =>
  testComponent(SubscriptionCard, {}, HTMLElement, { scenario: canceling }))
describe('<UpgradeButton />', () =>
  testComponent(UpgradeButton, { planType: 'pro' as const }, HTMLButtonElement, { scenario: scenarios.free }))
describe('<UsageChart />', () =>
  testComponent(UsageChart, { meter: 'characters' as const }, HTMLElement, { scenario: pastDue }))
describe('<UsageMeter />', () => testComponent(UsageMeter, {}, HTMLDivElement, { scenario: pastDue }))
describe('<UsageMeterList />', () => testComponent(UsageMeterList, {}, HTMLElement, { scenario: pastDue }))
describe('<UsageRing />', () => testComponent(UsageRing, {}, HTMLDivElement, { scenario: pastDue }))
