#!/usr/bin/env node
import { emulator } from './emulator.js'
import { migrate } from './migrate.js'

const COMMANDS = { emulator, migrate }

const USAGE = `polar-billing-kit <command>

  emulator [--port 4010] [--host 127.0.0.1] [--webhook URL] [--data FILE]
      a local Polar with a sample catalog; its controls are under /_emulator; webhooks go to the URL; what happens is kept in the FILE

  migrate [--database-url postgres://… | --folder ./data]
      makes or updates the tables of the kit (schemas polar_billing and polar_billing_jobs) in Postgres, by default in DATABASE_URL, or in a PGlite folder
`

const [command = '', ...args] = process.argv.slice(2)

const isCommand = Object.hasOwn(COMMANDS, command)
const isAsked =
  ['help', '--help', '-h'].includes(command) ||
  (isCommand && (args.includes('--help') || args.includes('-h')))

if (isCommand && !isAsked) {
  await COMMANDS[command as keyof typeof COMMANDS](args)
} else {
  if (!isAsked && command !== '') console.error(`There is no command "${command}".\n`)
  console.log(USAGE)
  process.exitCode = isAsked ? 0 : 1
}
