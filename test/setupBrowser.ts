import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'
import '../src/styles.css'

// A slow machine is no failure.
configure({ asyncUtilTimeout: 15_000 })

afterEach(() => {
  cleanup()
  sessionStorage.clear()
})
