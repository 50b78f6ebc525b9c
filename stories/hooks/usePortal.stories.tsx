import type { Meta, StoryObj } from '@storybook/react-vite'
import { usePortal } from 'polar-billing-kit'
import { expect } from 'storybook/test'
import { hookParameters } from './hookParameters.js'
import { Failure } from './markup.js'

const meta = { title: 'Hooks/usePortal', parameters: hookParameters } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** `mutate()` goes there. With `redirect: false` it hands the URL back: a story cannot leave its page. */
export const Live: Story = {
  render: function Portal() {
    const { mutate, data, isPending, error } = usePortal({ redirect: false })
    return (
      <>
        <button type="button" disabled={isPending} onClick={() => mutate()}>
          Manage billing
        </button>
        {data && <a href={data.portalUrl}>To the customer portal</a>}
        <Failure error={error} />
      </>
    )
  },
}

export const Opened: Story = {
  ...Live,
  globals: { scenario: 'active' },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'))
    const link = await canvas.findByRole('link', {}, { timeout: 15_000 })
    await expect(link).toHaveAttribute('href', expect.stringMatching(/^https:.*customer_session_token=/))
  },
}

/** Who has bought nothing has no portal. */
export const NothingBought: Story = {
  ...Live,
  globals: { scenario: 'free' },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'))
    await expect(await canvas.findByRole('alert', {}, { timeout: 15_000 })).toBeVisible()
  },
}
