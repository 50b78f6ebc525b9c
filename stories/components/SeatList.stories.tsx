import type { Meta, StoryObj } from '@storybook/react-vite'
import {
  BillingError,
  SeatList,
  SeatListView,
  type SeatListProps,
  type SeatListViewProps,
  UpgradeButtonView,
} from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import { scenarios } from 'polar-billing-kit/testing'
import type { PartsOf, PartsWithin } from '../docs/PartsOf.js'

const { listSeats: seats } = scenarios.team

const meta = {
  title: 'Components/SeatList',
  component: SeatListView,
  args: {
    seats,
    onAssign: () => undefined,
    onRevoke: () => undefined,
    onChangeSeats: () => undefined,
    onResend: () => undefined,
  },
  decorators: [(Story) => <div style={{ inlineSize: 'min(100%, 34rem)' }}>{Story()}</div>],
  parameters: {
    parts: {
      root: 'The whole list.',
      head: 'How many seats are used, and the button that changes their number.',
      title: 'How many seats are used, of how many. It takes the focus when somebody was removed.',
      change: 'The button that asks how many seats there should be.',
      planned: 'Another number of seats that waits for the end of the period.',
      note: 'That it loads, could not be read, or that nobody has a seat.',
      retry: 'The button that tries again to read it.',
      list: 'The seats that are taken.',
      seat: 'One seat, with its person.',
      email: 'The address of the person.',
      status: 'Since when they have the seat, or until when they are invited.',
      actions: 'The buttons beside a person.',
      resend: 'The button that sends an invitation again.',
      revoke: 'The button that asks whether to remove a person.',
      confirmation: 'What is asked before a person is removed.',
      confirm: 'The button that removes a person.',
      keep: 'The button that lets a person stay.',
      form: 'Where a seat is given away.',
      label: 'The label of the field.',
      input: 'The field for an address.',
      assign: 'The button of the form.',
      full: 'That all seats are taken, and where more are sold.',
      button: 'Each of its buttons. How much it weighs is on data-variant.',
      error: 'Why the last click did not work, beside its button.',
    } satisfies PartsOf<SeatListViewProps>,
    partsWithin: {
      SeatsDialog: 'The parts of the dialog before another number of seats.',
    } satisfies PartsWithin<SeatListProps, SeatListViewProps>,
    keyboard: {
      Tab: 'From person to person, then to the field for another one.',
      Enter:
        'In the field, gives the seat away. The field keeps the focus; if the address is refused, it says why.',
      'Enter, Space': 'On "Remove", open the question below the person, and close it again.',
    },
  },
} satisfies Meta<typeof SeatListView>

export default meta
type Story = StoryObj<typeof meta>

const full = { ...seats, total: 3, available: 0 }

export const Free: Story = {}
export const Nobody: Story = { args: { seats: { seats: [], total: 5, available: 5 } } }
export const Full: Story = { args: { seats: full } }
/** Fewer of them are waiting for the end of the period. */
export const Planned: Story = {
  args: { pendingChange: { planType: null, seats: 3, appliesAt: '2026-12-21T09:00:00.000Z' } },
}
/** What else the app offers: another plan, a link to the portal. */
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
export const ReadOnly: Story = {
  render: ({ onAssign: _give, onRevoke: _take, onResend: _send, ...args }) => <SeatListView {...args} />,
}
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
