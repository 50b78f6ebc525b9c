import type { Meta, StoryObj } from '@storybook/react-vite'
import { useEntitlement } from 'polar-billing-kit'
import { settled, shown } from '../shown.js'
import { hookParameters } from './hookParameters.js'
import { Facts } from './markup.js'

const meta = { title: 'Hooks/useEntitlement', parameters: hookParameters } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** A feature of the catalog. Follows the toolbar's scenario. */
export const Live: Story = {
  render: function Api() {
    const { allowed, reason, isPending } = useEntitlement('api')
    return (
      <>
        <Facts allowed={allowed} reason={reason} />
        <button type="button" disabled={allowed !== true} aria-busy={isPending || undefined}>
          Create an API key
        </button>
      </>
    )
  },
}

/** It is never `false` while it loads. */
export const PendingThenAllowed: Story = {
  ...Live,
  globals: { scenario: 'slow' },
  play: async ({ canvasElement }) => {
    await shown(canvasElement, /allowed undefined reason pending/)
    await shown(canvasElement, /allowed true reason included/)
    await settled(canvasElement)
  },
}

export const NotInPlan: Story = {
  ...Live,
  globals: { scenario: 'free' },
  play: ({ canvasElement }) => shown(canvasElement, /allowed false reason not_in_plan/),
}

/** So many units of a meter: what is used and not counted yet is taken off already. */
export const Meter: Story = {
  render: function Characters() {
    const { allowed, reason } = useEntitlement({ meter: 'characters', amount: 100 })
    return <Facts allowed={allowed} reason={reason} />
  },
  globals: { scenario: 'over limit' },
  play: ({ canvasElement }) => shown(canvasElement, /allowed false reason limit_reached/),
}

/** Where nobody can tell, `allowed` stays `undefined`, unless `whenUnknown` says what to do. */
export const WhenUnknown: Story = {
  render: function Api() {
    const { allowed, reason } = useEntitlement('api', { whenUnknown: 'deny' })
    return <Facts allowed={allowed} reason={reason} />
  },
  globals: { scenario: 'Polar down' },
  play: ({ canvasElement }) => shown(canvasElement, /allowed false reason unknown/),
}
