import { act, renderHook } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useProgress } from '../../src/hooks/useProgress.js'

describe('useProgress()', () => {
  it.each([null, 'acme', 'constructor', '__proto__'])(
    'of the organization %s nothing is known before it begins, whatever it is called',
    async (organizationId) => {
      const { result } = renderHook(() => useProgress<string>(organizationId))
      for (const key of ['assign', 'toString', '__proto__']) {
        expect(result.current[0][key]).toBeUndefined()
        await act(() => result.current[1](key, () => Promise.resolve()))
        expect(result.current[0][key]).toBe('done')
      }
    },
  )

  it('what one organization began is not seen in another, and is there when it comes back', async () => {
    let organizationId: string | null = 'null'
    const { result, rerender } = renderHook(() => useProgress<string>(organizationId))
    await act(() => result.current[1]('a', () => Promise.resolve()))
    organizationId = null
    rerender()
    expect(result.current[0]['a']).toBeUndefined()
    organizationId = 'null'
    rerender()
    expect(result.current[0]['a']).toBe('done')
  })

  it('forgets one thing, and keeps the others', async () => {
    const { result } = renderHook(() => useProgress<string>('acme'))
    for (const key of ['a', 'b']) await act(() => result.current[1](key, () => Promise.resolve()))
    act(() => result.current[2]('a'))
    expect([result.current[0]['a'], result.current[0]['b']]).toEqual([undefined, 'done'])
  })
})
