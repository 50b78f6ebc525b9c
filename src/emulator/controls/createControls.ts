import type { EmulatorControls } from './types.js'
import { clockControls } from './clock.js'
import { dataControls } from './data.js'
import { faultControls } from './faults.js'
import type { Host } from './host.js'
import { moneyControls } from './money.js'
import { seatControls } from './seats.js'
import { webhookControls } from './webhooks.js'

/** The operations behind `/_emulator`, as functions. They act on whatever world the host has at the time. */
export function createControls(host: Host): EmulatorControls {
  return {
    ...clockControls(host),
    ...faultControls(host),
    ...webhookControls(host),
    ...moneyControls(host),
    ...seatControls(host),
    ...dataControls(host),
  }
}
