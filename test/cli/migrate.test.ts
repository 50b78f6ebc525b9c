import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectDatabase } from '../../src/server/database/connectDatabase.js'
import { MIGRATIONS } from '../../src/server/database/migrations.js'
import { type RunningPostgres, startPostgres } from '../server/database/startPostgres.js'

interface RunOptions {
  environment?: Record<string, string>
  /** A package that is not there. */
  without?: string
}

/** Runs the command from its sources. */
async function migrate(
  args: string[],
  { environment = {}, without }: RunOptions = {},
): Promise<{ code: number; output: string }> {
  const { DATABASE_URL: _, ...inherited } = process.env
  const hidden = without === undefined ? [] : ['--import', hide(without)]
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', ...hidden, 'src/cli/index.ts', 'migrate', ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...inherited, ...environment },
    },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const [code] = (await once(child, 'close')) as [number]
  return { code, output }
}

function hide(name: string): string {
  const code = `import { registerHooks } from 'node:module'
    registerHooks({ resolve(specifier, context, next) {
      if (specifier !== '${name}') return next(specifier, context)
      throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
    } })`
  return `data:text/javascript,${encodeURIComponent(code)}`
}

const APPLIED = MIGRATIONS.map(({ version, name }) => `applied ${version}: ${name}\n`).join('')
const NOTHING = 'nothing to do: the schema polar_billing is up to date\n'

describe('polar-billing-kit migrate', () => {
  describe('on Postgres', () => {
    let postgres: RunningPostgres
    beforeAll(async () => {
      postgres = await startPostgres()
    })
    afterAll(() => postgres.stop())

    it('default: makes the tables once, of five processes that start together', async () => {
      const url = await postgres.createDatabase()
      const runs = await Promise.all(Array.from({ length: 5 }, () => migrate(['--database-url', url])))
      expect(runs.filter(({ output }) => output === APPLIED)).toHaveLength(1)
      expect(runs.filter(({ output }) => output === NOTHING)).toHaveLength(4)
      expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0])
    })

    it('behavior: takes DATABASE_URL, which the arguments override', async () => {
      const [url, other] = [await postgres.createDatabase(), await postgres.createDatabase()]
      const environment = { DATABASE_URL: url }
      expect(await migrate([], { environment })).toEqual({ code: 0, output: APPLIED })
      expect(await migrate(['--database-url', other], { environment })).toEqual({ code: 0, output: APPLIED })
    })

    it('behavior: a database of a newer release is refused', async () => {
      const url = await postgres.createDatabase()
      await migrate(['--database-url', url])
      const client = new Client(url)
      await client.connect()
      await client.query(`insert into polar_billing.migrations (version, name) values (99, 'later')`)
      await client.end()
      const { code, output } = await migrate(['--database-url', url])
      expect(output).toMatch(/^polar-billing-kit migrate: the database is at version 99/)
      expect(code).toBe(1)
    })

    it('behavior: a failure says what happened and not the password', async () => {
      const url = await postgres.createDatabase()
      const wrong = await migrate(['--database-url', url.replace('password', 'hush')])
      expect(wrong).toMatchObject({ code: 1 })
      expect(wrong.output).toContain('password authentication failed')
      const nowhere = await migrate(['--database-url', 'postgres://me:hush@localhost:1/x'])
      expect(nowhere).toMatchObject({ code: 1 })
      expect(nowhere.output).toContain('ECONNREFUSED')
      expect(wrong.output + nowhere.output).not.toContain('hush')
    })
  })

  // A PGlite takes its time to open a folder, above all on a busy machine.
  describe('on a folder', { timeout: 90_000 }, () => {
    let folder: string
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'polar-billing-kit-migrate-'))
    })
    afterEach(() => rm(folder, { recursive: true, force: true }))

    it('default: makes the tables once, and leaves no lock', async () => {
      expect(await migrate(['--folder', folder])).toEqual({ code: 0, output: APPLIED })
      expect(await migrate(['--folder', folder])).toEqual({ code: 0, output: NOTHING })
      expect((await readdir(folder)).filter((name) => name.includes('lock'))).toEqual([])
    })

    it('behavior: one that an app has open is refused, and the app loses nothing', async () => {
      const pglite = new PGlite(folder)
      const database = connectDatabase(pglite)
      await database.exec('create table kept (id int); insert into kept values (1);')
      const { code, output } = await migrate(['--folder', folder])
      expect(output).toContain('use Postgres')
      expect(code).toBe(1)
      await database.query('insert into kept values (2)')
      await pglite.close()
      const reopened = new PGlite(folder)
      const { rows } = await reopened.query('select id from kept order by id')
      expect(rows).toEqual([{ id: 1 }, { id: 2 }])
      await reopened.close()
      database.close()
    })
  })

  it.each([
    [[], /which database\?/],
    [['--folder', ''], /which database\?/],
    [['--folder', 'x', '--database-url', 'postgres://x'], /name two databases/],
    [['--database', 'x'], /--database/],
  ])('%j', async (args, message) => {
    const { code, output } = await migrate(args)
    expect(output).toMatch(message)
    expect(code).toBe(1)
  })

  it.each([
    ['pg', ['--database-url', 'postgres://x']],
    ['@electric-sql/pglite', ['--folder', 'x']],
  ])('a missing %s is named with what to do', async (without, args) => {
    const { code, output } = await migrate(args, { without })
    expect(output).toContain(`the package "${without}" is missing: npm install ${without}`)
    expect(code).toBe(1)
  })
})
