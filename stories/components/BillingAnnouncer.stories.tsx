import type { Meta, StoryObj } from '@storybook/react-vite'
import { BillingAnnouncer, useUsage } from 'polar-billing-kit'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { shown } from '../shown.js'

const meta = {
  title: 'Components/BillingAnnouncer',
  component: BillingAnnouncer,
  parameters: { live: true },
  render: function Speaking(props) {
    const { data, consume } = useUsage({ meter: 'characters' })
    return (
      <>
        <BillingAnnouncer {...props} />
        <p>
          {data?.used} of {data?.limit} characters
        </p>
        <button type="button" onClick={() => consume(1_000)}>
          Speak 1,000 characters
        </button>
      </>
    )
  },
} satisfies Meta<typeof BillingAnnouncer>

export default meta
type Story = StoryObj<typeof meta>

/** Nothing is seen of it: buy something, or use a plan up, with a screen reader on. */
export const Connected: Story = {}
/** A limit that is reached is said once. */
export const LimitReached: Story = {
  globals: { scenario: 'free' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await shown(canvasElement, /of 1000 characters/)
    await userEvent.click(canvas.getByRole('button'))
    await waitFor(() => expect(canvas.getByRole('status').textContent).toMatch(/limit/i))
  },
}
