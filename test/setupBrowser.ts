import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest'
import '../src/styles.css'

// A slow machine is no failure.
configure({ asyncUtilTimeout: 15_000 })

// React says here what would be wrong in an app: an unknown prop, a missing key, markup that does not hydrate.
let complaints: MockInstance<typeof console.error>

beforeEach(() => {
  complaints = vi.spyOn(console, 'error')
})

afterEach(() => {
  cleanup()
  sessionStorage.clear()
  expect(complaints.mock.calls).toEqual([])
  complaints.mockRestore()
})
