#!/usr/bin/env node
import { emulator } from './emulator.js'

const COMMANDS = { emulator }

const USAGE = `polar-billing-kit <command>

  emulator [--port 4010] [--host 127.0.0.1] [--webhook URL]
      a local Polar with a sample catalog; its controls are under /_emulator; webhooks go to the URL
`

const [command = '', ...args] = process.argv.slice(2)

if (command in COMMANDS) {
  COMMANDS[command as keyof typeof COMMANDS](args)
} else {
  const isAsked = ['help', '--help', '-h'].includes(command)
  if (!isAsked && command !== '') console.error(`There is no command "${command}".\n`)
  console.log(USAGE)
  process.exitCode = isAsked ? 0 : 1
}
