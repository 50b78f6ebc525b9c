import { expect, it } from 'vitest'
import { gatherCalls } from '../../src/server/usage/gatherCalls.js'

/** A store whose statements end when the test says so. */
function start() {
  const statements: { items: readonly number[]; end: (error?: Error) => void }[] = []
  const add = gatherCalls<number>(
    (items) =>
      new Promise((resolve, reject) => {
        statements.push({ items, end: (error) => (error === undefined ? resolve() : reject(error)) })
      }),
  )
  const statement = (index: number) =>
    expect
      .poll(() => statements[index])
      .toBeDefined()
      .then(() => statements[index])
  return { add, statement, statements }
}

it('calls that come while a statement is under way share the next one', async () => {
  const { add, statement, statements } = start()
  const first = add([1])
  const running = await statement(0)
  const later = [add([2, 3]), add([4])]
  running?.end()
  await first
  const next = await statement(1)
  expect(next?.items).toEqual([2, 3, 4])
  next?.end()
  await Promise.all(later)
  expect(statements).toHaveLength(2)
})

it('a statement that fails fails its own calls alone', async () => {
  const { add, statement } = start()
  const first = add([1])
  const running = await statement(0)
  const second = add([2])
  running?.end(new Error('away'))
  await expect(first).rejects.toThrow('away')
  ;(await statement(1))?.end()
  await second
})
