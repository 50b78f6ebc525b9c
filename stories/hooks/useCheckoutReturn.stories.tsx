import type { Decorator, Meta, StoryObj } from '@storybook/react-vite'
import { useCheckout, useCheckoutReturn } from 'polar-billing-kit'
import { type ReactNode, useState } from 'react'
import { expect } from 'storybook/test'
import { shown } from '../shown.js'
import { hookParameters } from './hookParameters.js'
import { Facts, Failure } from './markup.js'

const meta = { title: 'Hooks/useCheckoutReturn', parameters: hookParameters } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** Where nothing was bought just now, it is `idle`. */
export const Live: Story = {
  render: function Return() {
    const { state, status, error, retry } = useCheckoutReturn()
    return (
      <>
        <Facts state={state} planName={status?.planName} />
        {state === 'timed_out' && (
          <button type="button" onClick={retry}>
            Look again
          </button>
        )}
        <Failure error={error} />
      </>
    )
  },
  play: ({ canvasElement }) => shown(canvasElement, /state idle/),
}

/** Stands in for the browser, which leaves for the checkout and comes back with its id in the address. */
function Trip({ children }: { children: ReactNode }) {
  const [isBack, setBack] = useState(false)
  const { mutateAsync } = useCheckout({ redirect: false })
  const buy = async () => {
    const { checkoutId = '' } = await mutateAsync({ planType: 'pro' })
    const url = new URL(location.href)
    url.searchParams.set('billing', 'checkout')
    url.searchParams.set('checkout_id', checkoutId)
    history.replaceState(history.state, '', url)
    setBack(true)
  }
  if (isBack) return children
  return (
    <button type="button" onClick={() => void buy()}>
      Buy Pro
    </button>
  )
}

const afterTrip: Decorator = (Story) => (
  <Trip>
    <Story />
  </Trip>
)

/** It waits until what was paid may be used, and takes the checkout's id out of the address. */
export const Bought: Story = {
  ...Live,
  decorators: [afterTrip],
  globals: { scenario: 'free' },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button'))
    await shown(canvasElement, /state active planName Pro/)
    await expect(location.search).not.toMatch(/checkout/)
  },
}
