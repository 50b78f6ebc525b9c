import type { Meta, StoryObj } from '@storybook/react-vite'
import { isBillingError, useSeats, useSuspenseSeats } from 'polar-billing-kit'
import { type FormEvent, useState } from 'react'
import { shown } from '../shown.js'
import { hookParameters } from './hookParameters.js'
import { Facts, Failure, suspended, Waiting } from './markup.js'

const meta = {
  title: 'Hooks/useSeats',
  parameters: hookParameters,
  // Only that plan has seats.
  globals: { scenario: 'team' },
} satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** Who has a seat, and a form that gives one away. */
export const Live: Story = {
  render: function Seats() {
    const { data, error, assign, revoke, progress } = useSeats()
    const [email, setEmail] = useState('')
    if (data === undefined) return <Waiting error={error} />
    const invite = (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault()
      void assign(email)
    }
    return (
      <>
        <ul>
          {data.seats.map(({ id, email: holder, status }) => (
            <li key={id}>
              {holder}: {status}{' '}
              <button
                type="button"
                aria-label={`Remove ${holder ?? 'somebody'}`}
                disabled={progress[`revoke ${id}`] === 'busy'}
                onClick={() => void revoke(id)}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
        <p>
          {data.available} of {data.total} seats are free.
        </p>
        <form onSubmit={invite}>
          <label>
            E-mail{' '}
            <input type="email" required value={email} onChange={({ target }) => setEmail(target.value)} />
          </label>
          <button disabled={progress.assign === 'busy'}>Invite</button>
        </form>
        {isBillingError(progress.assign) && <Failure error={progress.assign} />}
      </>
    )
  },
}

export const Invited: Story = {
  ...Live,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await shown(canvasElement, /2 of 5 seats are free/)
    await userEvent.type(canvas.getByRole('textbox'), 'margaret@acme.example')
    await userEvent.click(canvas.getByRole('button', { name: 'Invite' }))
    await shown(canvasElement, /margaret@acme\.example: pending/)
    await shown(canvasElement, /1 of 5 seats are free/)
  },
}

/** Somebody who has one already: `progress` holds why it failed. */
export const Refused: Story = {
  ...Live,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await shown(canvasElement, /2 of 5 seats are free/)
    await userEvent.type(canvas.getByRole('textbox'), 'ada@acme.example')
    await userEvent.click(canvas.getByRole('button', { name: 'Invite' }))
    await canvas.findByRole('alert', {}, { timeout: 15_000 })
  },
}

/** Whoever is removed shows when the server has said so. */
export const Removed: Story = {
  ...Live,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await shown(canvasElement, /2 of 5 seats are free/)
    await userEvent.click(canvas.getByRole('button', { name: 'Remove grace@acme.example' }))
    await shown(canvasElement, /3 of 5 seats are free/)
  },
}

/** `useSuspenseSeats`: the list is always there. */
export const Suspense: Story = {
  decorators: [suspended],
  render: function Seats() {
    const { data } = useSuspenseSeats()
    return <Facts total={data.total} available={data.available} />
  },
  play: ({ canvasElement }) => shown(canvasElement, /total 5 available 2/),
}
