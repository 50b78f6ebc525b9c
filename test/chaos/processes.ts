import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { ServerMessage, ServerSettings } from './server.js'
import { createTally, type Tally } from './tally.js'

/** The server processes of one app. Each keeps its address, however often it is killed. */
export interface Fleet {
  readonly urls: readonly string[]
  /** Times between a kill and the first answer after it, in milliseconds. */
  readonly restarts: readonly number[]
  /** What the processes have reported, such as `provider_lost`. */
  readonly events: Tally
  /** Processes that ended although nobody killed them, with the end of what they had to say. */
  readonly deaths: readonly string[]
  /** Kills one process with SIGKILL, and resolves when its successor listens. */
  restart(index: number): Promise<void>
  stop(): Promise<void>
}

interface Running {
  child: ChildProcess
  exited: Promise<void>
}

const SERVER = new URL('server.ts', import.meta.url).pathname

export async function startFleet(count: number, shared: Omit<ServerSettings, 'port'>): Promise<Fleet> {
  const events = createTally()
  const deaths: string[] = []
  const restarts: number[] = []
  const expected = new WeakSet<ChildProcess>()
  const ports = await Promise.all(Array.from({ length: count }, freePort))

  async function start(port: number): Promise<Running> {
    const settings: ServerSettings = { ...shared, port }
    const child = spawn(process.execPath, ['--import', 'tsx', SERVER, JSON.stringify(settings)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    const lastWords = keepLast(child)
    const exited = new Promise<void>((resolve) => {
      child.once('exit', (code, signal) => {
        if (!expected.has(child)) deaths.push(`code ${code}, signal ${signal}: ${lastWords()}`)
        resolve()
      })
    })
    const ready = new Promise<void>((resolve) => {
      child.on('message', (message: ServerMessage) => {
        if ('ready' in message) resolve()
        else events.add(message.event)
      })
    })
    await Promise.race([ready, exited])
    return { child, exited }
  }

  async function kill({ child, exited }: Running): Promise<void> {
    expected.add(child)
    child.kill('SIGKILL')
    await exited
  }

  const running = await Promise.all(ports.map(start))
  return {
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    restarts,
    events,
    deaths,
    restart: async (index) => {
      const process = running[index]
      const port = ports[index]
      if (process === undefined || port === undefined) throw new Error(`There is no process ${index}.`)
      const killedAt = performance.now()
      await kill(process)
      running[index] = await start(port)
      restarts.push(performance.now() - killedAt)
    },
    stop: async () => {
      await Promise.all(running.map(kill))
    },
  }
}

/** The end of what a process writes to its standard error. */
function keepLast(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-2_000)
  })
  return () => text
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
