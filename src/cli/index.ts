#!/usr/bin/env node
import { emulator } from './emulator.js'

const COMMANDS = { emulator }

const USAGE = `polar-billing-kit <command>

  emulator [--port 4010] [--host 127.0.0.1] [--webhook URL]
      a local Polar with a sample catalog; its controls are under /_emulator; webhooks go to the URL
`

const [command = '', ...args] = process.argv.slice(2)

const isCommand = Object.hasOwn(COMMANDS, command)
const isAsked =
  ['help', '--help', '-h'].includes(command) ||
  (isCommand && (args.includes('--help') || args.includes('-h')))

if (isCommand && !isAsked) {
  COMMANDS[command as keyof typeof COMMANDS](args)
} else {
  if (!isAsked && command !== '') console.error(`There is no command "${command}".\n`)
  console.log(USAGE)
  process.exitCode = isAsked ? 0 : 1
}
