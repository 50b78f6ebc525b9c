import type { Meta, StoryObj } from '@storybook/react-vite'
import { BillingError, SeatList, SeatListView, UpgradeButtonView } from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import { scenarios } from 'polar-billing-kit/testing'

const { listSeats: seats } = scenarios.team

const meta = {
  title: 'Components/SeatList',
  component: SeatListView,
  args: {
    seats,
    locale: 'en-US',
    onAssign: () => undefined,
    onRevoke: () => undefined,
    onResend: () => undefined,
  },
  decorators: [(Story) => <div style={{ inlineSize: 'min(100%, 34rem)' }}>{Story()}</div>],
} satisfies Meta<typeof SeatListView>

export default meta
type Story = StoryObj<typeof meta>

const full = { ...seats, total: 3, available: 0 }

export const Free: Story = {}
export const Nobody: Story = { args: { seats: { seats: [], total: 5, available: 5 } } }
export const Full: Story = { args: { seats: full } }
/** Where more seats are sold is the app's own: an upgrade, a link to the portal. */
export const FullWithMore: Story = {
  args: { seats: full, buyMore: <UpgradeButtonView>Buy more seats</UpgradeButtonView> },
}
export const One: Story = { args: { seats: { seats: seats.seats.slice(0, 1), total: 1, available: 0 } } }
/** Whoever is removed is asked about in place. */
export const Confirming: Story = { args: { confirming: 'seat_gra' } }
export const Revoking: Story = { args: { progress: { 'revoke seat_gra': 'busy' }, confirming: 'seat_gra' } }
export const RevokeFailed: Story = {
  args: {
    progress: { 'revoke seat_gra': new BillingError('NETWORK_ERROR', 'No network.') },
    confirming: 'seat_gra',
  },
}
export const Resending: Story = { args: { progress: { 'resend seat_eds': 'busy' } } }
export const Resent: Story = { args: { progress: { 'resend seat_eds': 'done' } } }
export const ResendFailed: Story = {
  args: { progress: { 'resend seat_eds': new BillingError('NETWORK_ERROR', 'No network.') } },
}
export const Assigning: Story = { args: { progress: { assign: 'busy' } } }
export const Invalid: Story = {
  args: { progress: { assign: new BillingError('BAD_REQUEST', 'No e-mail.') } },
}
/** The server says what is wrong. */
export const Conflict: Story = {
  args: { progress: { assign: new BillingError('CONFLICT', 'ada@example.org has a seat already.') } },
}
/** Who may only look. */
export const ReadOnly: Story = { render: () => <SeatListView seats={seats} locale="en-US" /> }
export const WithoutDetails: Story = {
  args: {
    seats: {
      ...seats,
      seats: seats.seats.map((seat) => ({
        ...seat,
        email: null,
        claimedAt: null,
        invitationExpiresAt: null,
      })),
    },
  },
}
export const LongText: Story = {
  args: {
    seats: {
      ...seats,
      seats: [
        {
          id: 'seat_long',
          email: 'grace.brewster.murray.hopper.of.the.united.states.navy@reserve.mathematics.example.org',
          status: 'pending',
          claimedAt: null,
          invitationExpiresAt: '2026-12-02T12:00:00.000Z',
        },
      ],
    },
  },
}
export const Loading: Story = { args: { seats: undefined } }
export const Unavailable: Story = {
  args: { seats: undefined, error: new Error('The provider is down'), onRetry: () => undefined },
}
export const German: Story = { args: { locale: 'de' } }
export const RightToLeft: Story = {
  args: { locale: 'ar', messages: ar.SeatList, confirming: 'seat_gra' },
  globals: { direction: 'rtl' },
}
export const Narrow: Story = {
  args: { progress: { assign: new BillingError('BAD_REQUEST', 'No e-mail.') }, confirming: 'seat_gra' },
  decorators: [(Story) => <div style={{ inlineSize: '17rem' }}>{Story()}</div>],
}
/** The connected component: it asks the backend of the provider. */
export const Connected: Story = {
  parameters: { live: true },
  // Only that plan has seats.
  globals: { scenario: 'team' },
  render: () => <SeatList />,
}
export const ConnectedDown: Story = { parameters: { scenario: scenarios.down }, render: () => <SeatList /> }
