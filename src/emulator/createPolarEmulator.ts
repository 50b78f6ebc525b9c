import { createApp } from './createApp.js'
import { createControls } from './controls/createControls.js'
import type { Host } from './controls/host.js'
import { closeWorld, createWorld } from './createWorld.js'
import { type PolarEmulator, type PolarEmulatorOptions, resolveOptions } from './options.js'
import { keepState } from './state/keepState.js'

/**
 * Starts a local Polar: the API that the official SDK talks to through `baseUrl`, the hosted checkout and
 * portal pages, and webhooks. Everything lives in memory, and where `file` is given in that file too.
 *
 * A card is declined by the checkbox on the hosted pages, by `controls.setCard`, or when a checkout is confirmed
 * through the API with a `confirmation_token_id` that holds `decline`.
 *
 * @example
 * const emulator = createPolarEmulator()
 * serve({ fetch: emulator.fetch, port: 4010 })
 * const polar = createPolar({ accessToken: 'polar_oat_local', baseUrl: 'http://localhost:4010' })
 */
export function createPolarEmulator(options: PolarEmulatorOptions = {}): PolarEmulator {
  const resolved = resolveOptions(options)
  const kept = keepState(options.file, () => host.world)
  const host: Host = {
    world: createWorld(resolved, kept),
    restart() {
      closeWorld(host.world)
      host.world = createWorld(resolved, { ...kept, state: null })
      app = createApp(host.world, controls)
    },
  }
  const controls = kept.watch(createControls(host))
  let app = createApp(host.world, controls)
  return {
    fetch: async (request) => kept.answer(request, await app.fetch(request)),
    now: () => new Date(host.world.clock.now()),
    controls,
    close: () => {
      kept.close()
      closeWorld(host.world)
    },
  }
}
