import { describe, expect, it } from 'vitest'
import { createWatched } from '../../src/server/createWatched.js'

const HOUR = 3_600_000

/** Those who are watched, and a clock that the test moves. */
function setUp() {
  let time = 0
  const watched = createWatched(() => new Date(time))
  return { watched, pass: (milliseconds: number) => (time += milliseconds) }
}

describe('createWatched()', () => {
  it('watches for an hour, and again for an hour from then', () => {
    const { watched, pass } = setUp()
    watched.add('acme')
    pass(HOUR - 1)
    watched.add('acme')
    pass(HOUR - 1)
    expect([watched.has('acme'), watched.has('globex')]).toEqual([true, false])
    pass(1)
    expect(watched.has('acme')).toBe(false)
  })

  it('of too many it forgets the one that was added longest ago', () => {
    const { watched } = setUp()
    for (let n = 0; n < 10_000; n += 1) watched.add(`org_${n}`)
    watched.add('org_0')
    watched.add('new')
    expect(['org_0', 'org_1', 'org_2', 'new'].map((id) => watched.has(id))).toEqual([true, false, true, true])
  })
})
