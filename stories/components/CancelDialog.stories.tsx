import type { Meta, StoryObj } from '@storybook/react-vite'
import {
  CancelDialog,
  CancelDialogView,
  type CancelDialogProps,
  type CancelDialogViewProps,
} from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import { scenarios } from 'polar-billing-kit/testing'
import { fn } from 'storybook/test'
import type { PartsOf, PartsWithin } from '../docs/PartsOf.js'

const meta = {
  title: 'Components/CancelDialog',
  component: CancelDialogView,
  args: {
    subscription: scenarios.active.getSubscription,
    nextPlanName: 'Free',
    onConfirm: fn(),
    onClose: fn(),
  },
  parameters: {
    parts: {
      root: 'The dialog.',
      title: 'Its heading.',
      text: 'Until when the plan stays, and what applies afterwards.',
      offer: 'Something else instead, of your own.',
      reasons: 'The reasons to choose from.',
      reason: 'One of them.',
      comment: 'The field for more words.',
      actions: 'The buttons.',
      body: 'Everything in the dialog: what is beside it is the backdrop.',
      button: 'Each of its buttons. How much it weighs is on data-variant.',
    } satisfies PartsOf<CancelDialogViewProps>,
    partsWithin: {
      error: 'Why the plan could not be canceled, once the dialog is closed.',
    } satisfies PartsWithin<CancelDialogProps, CancelDialogViewProps>,
    docs: { story: { inline: false, height: '46rem' } },
    keyboard: {
      Escape: 'Keeps the plan, and gives the focus back to what opened the dialog.',
      Enter: 'Keeps the plan, while the focus is where it begins: on "Keep plan".',
      Tab: 'Goes round inside the dialog.',
      'Arrow keys': 'Go from reason to reason.',
    },
  },
} satisfies Meta<typeof CancelDialogView>

export default meta
type Story = StoryObj<typeof meta>

export const Paid: Story = {}
export const Trialing: Story = { args: { subscription: scenarios.trialing.getSubscription } }
/** The period is not paid for: no day is promised. */
export const PastDue: Story = { args: { subscription: scenarios.pastDue.getSubscription } }
/** Not read yet. */
export const Unknown: Story = { args: { subscription: undefined } }
/** No default plan is known. */
export const NothingAfterwards: Story = { args: { nextPlanName: undefined } }
/** Something else instead, in a slot of your own. */
export const Offer: Story = {
  args: { offer: <p>Would a break help? You can pause for up to three months and keep all your voices.</p> },
}
export const LongNames: Story = {
  args: {
    subscription: {
      ...scenarios.active.getSubscription,
      planName: 'Professional for publishers, broadcasters and audiobook studios of every size',
    },
  },
}
export const RightToLeft: Story = {
  args: { locale: 'ar', messages: ar.CancelDialog },
  globals: { direction: 'rtl' },
}
/** The connected component: it reads what is canceled, and cancels it. */
export const Connected: Story = {
  parameters: { live: true },
  render: ({ onClose }) => <CancelDialog open onClose={onClose} />,
}
