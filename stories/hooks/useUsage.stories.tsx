import type { Meta, StoryObj } from '@storybook/react-vite'
import { formatQuantity, useSuspenseUsage, useUsage } from 'polar-billing-kit'
import { shown } from '../shown.js'
import { hookParameters } from './hookParameters.js'
import { Facts, suspended, Waiting } from './markup.js'

const meta = { title: 'Hooks/useUsage', parameters: hookParameters } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** Every meter of the running period. Follows the toolbar's scenario. */
export const Live: Story = {
  render: function Usage() {
    const { data, failureReason } = useUsage()
    if (data === undefined) return <Waiting error={failureReason} />
    return (
      <ul>
        {data.meters.map(({ key, name, used, limit }) => (
          <li key={key}>
            {name}: {formatQuantity(used)}
            {/* `null` is unlimited; `undefined` means that nobody said. */}
            {typeof limit === 'number' && ` of ${formatQuantity(limit)}`}
          </li>
        ))}
      </ul>
    )
  },
}

/** With `meter` it is about one of them, and `consume` shows what was just used before the server has counted it. */
export const OneMeter: Story = {
  render: function Characters() {
    const { data, failureReason, consume } = useUsage({ meter: 'characters' })
    if (data === undefined) return <Waiting error={failureReason} />
    return (
      <>
        <Facts used={data.used} pending={data.pending} remaining={data.remaining} />
        <button type="button" onClick={() => consume(500)}>
          Speak 500 characters
        </button>
      </>
    )
  },
}

/** The number moves at once, before the server knows of it. Here nothing was really used, so that it is taken back later. */
export const Consume: Story = {
  ...OneMeter,
  globals: { scenario: 'active' },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await shown(canvasElement, /used 4580 pending 0 remaining 95420/)
    await userEvent.click(canvas.getByRole('button'))
    await shown(canvasElement, /used 4580 pending 500 remaining 94920/)
  },
}

/** `useSuspenseUsage`, of all meters or, as here, of one: there is always an answer. */
export const Suspense: Story = {
  decorators: [suspended],
  render: function Characters() {
    const { data, consume } = useSuspenseUsage({ meter: 'characters' })
    return (
      <>
        <Facts used={data?.used} pending={data?.pending} />
        <button type="button" onClick={() => consume(500)}>
          Speak 500 characters
        </button>
      </>
    )
  },
  globals: { scenario: 'active' },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await shown(canvasElement, /used 4580 pending 0/)
    await userEvent.click(canvas.getByRole('button'))
    await shown(canvasElement, /used 4580 pending 500/)
  },
}
