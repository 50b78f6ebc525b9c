import type { Meta, StoryObj } from '@storybook/react-vite'
import { PlanBadge, PlanBadgeView, type PlanBadgeViewProps } from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import { scenarios } from 'polar-billing-kit/testing'
import type { PartsOf } from '../docs/PartsOf.js'

const meta = {
  title: 'Components/PlanBadge',
  component: PlanBadgeView,
  args: { status: scenarios.active.getStatus },
  parameters: {
    parts: {
      root: 'The whole badge.',
      'plan-name': 'The name of the plan, or that it loads or could not be read.',
      note: 'What is special about it: a trial, an end, a payment that failed.',
    } satisfies PartsOf<PlanBadgeViewProps>,
  },
} satisfies Meta<typeof PlanBadgeView>

export default meta
type Story = StoryObj<typeof meta>

const show = (name: keyof typeof scenarios): Story => ({
  args: { status: scenarios[name].getStatus as typeof meta.args.status },
})

export const Active: Story = {}
export const Free = show('free')
export const Trialing = show('trialing')
export const Canceling = show('canceling')
export const PastDue = show('pastDue')
export const Paused = show('paused')
export const Canceled = show('canceled')
export const Incomplete = show('incomplete')
/** The provider is down; this is what the server remembers. */
export const Stale = show('stale')
/** Back from the checkout: it is not "Free", and not yet "Pro". */
export const Confirming: Story = { args: { status: { ...scenarios.free.getStatus, checkout: 'confirmed' } } }
export const Loading: Story = { args: { status: undefined } }
/** Nothing is known: no plan is named. */
export const Unavailable: Story = { args: { status: undefined, error: new Error('The provider is down') } }
/** A backend that says only that something is active. */
export const WithoutName: Story = {
  args: { status: { ...scenarios.active.getStatus, planName: null, planType: null } },
}
export const LongName: Story = {
  args: {
    status: { ...scenarios.canceling.getStatus, planName: 'Professional for agencies with many voices' },
  },
  decorators: [(Story) => <div style={{ inlineSize: '14rem' }}>{Story()}</div>],
}
export const RightToLeft: Story = {
  args: { status: scenarios.canceling.getStatus, locale: 'ar', messages: ar.PlanBadge },
  globals: { direction: 'rtl' },
}
/** The connected component: it asks the backend of the provider. */
export const Connected: Story = { parameters: { live: true }, render: () => <PlanBadge /> }
