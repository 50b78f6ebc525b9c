import type { Meta, StoryObj } from '@storybook/react-vite'
import {
  type CompleteMeterUsage,
  UsageMeterList,
  UsageMeterListView,
  type UsageMeterListViewProps,
} from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import { scenarios } from 'polar-billing-kit/testing'
import type { PartsOf } from '../docs/PartsOf.js'

const meters: CompleteMeterUsage[] = [
  { key: 'characters', name: 'Characters', unit: 'characters', used: 320, pending: 40, limit: 1_000 },
  { key: 'voices', name: 'Voices', unit: 'voices', used: 3, pending: 0, limit: 3 },
  { key: 'storage', name: 'Storage', unit: 'GB', used: 12.4, pending: 0, limit: 10 },
  { key: 'requests', name: 'Requests', unit: 'requests', used: 24_000, pending: 0, limit: null },
]

const meta = {
  title: 'Components/UsageMeterList',
  component: UsageMeterListView,
  args: { meters },
  parameters: {
    parts: {
      root: 'The whole list.',
      list: 'The meters, one below the other.',
      item: 'One of them, in the list.',
      note: 'That they load, could not be read, are none, or are the last known.',
      UsageMeter: 'The parts of each meter.',
    } satisfies PartsOf<UsageMeterListViewProps>,
  },
} satisfies Meta<typeof UsageMeterListView>

export default meta
type Story = StoryObj<typeof meta>

export const Several: Story = {}
export const One: Story = { args: { meters: meters.slice(0, 1) } }
/** Nothing in the catalog is counted. */
export const Empty: Story = { args: { meters: [] } }
/** One state for all: nobody knows yet how many there are. */
export const Loading: Story = { args: { meters: undefined } }
export const Unavailable: Story = { args: { meters: undefined, error: new Error('The provider is down') } }
/** Polar could not be asked. */
export const Stale: Story = { args: { stale: true } }
export const LongNames: Story = {
  args: { meters: meters.map((meter) => ({ ...meter, name: `${meter.name} of all workspaces together` })) },
}
export const RightToLeft: Story = {
  args: { locale: 'ar', messages: ar.UsageMeterList },
  globals: { direction: 'rtl' },
}
export const Narrow: Story = {
  decorators: [(Story) => <div style={{ inlineSize: '11rem' }}>{Story()}</div>],
}
/** The connected component: it asks the backend of the provider. */
export const Connected: Story = {
  parameters: { live: true },
  render: () => <UsageMeterList />,
}
export const ConnectedDown: Story = {
  parameters: { scenario: scenarios.down },
  render: () => <UsageMeterList />,
}
