import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectDatabase } from '../../../src/server/database/connectDatabase.js'
import { folderOf, lockFolder } from '../../../src/server/database/folderLock.js'
import type { Holder } from '../../../src/server/database/lockHolder.js'

let folder: string
let lockFile: string
const children: ChildProcess[] = []
const closers: (() => Promise<void> | void)[] = []
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'polar-billing-kit-folder-')), 'data')
  lockFile = join(folder, '.polar-billing-kit.lock')
})
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(dirname(folder), { recursive: true, force: true })
})

/** Another process that takes the folder; resolves with what it said. */
async function holdFolder(): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/server/database/holdFolder.ts', folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, said: String(said).trim() }
}

async function end(child: ChildProcess, how: () => unknown): Promise<void> {
  const ended = once(child, 'exit')
  how()
  await ended
}

function open() {
  const pglite = new PGlite(folder)
  closers.push(() => pglite.close())
  const database = connectDatabase(pglite)
  closers.push(() => database.close())
  return { pglite, database }
}

/** A lock as another process would have written it; by default one that is dead. */
async function writeLock(holder: Partial<Holder> = {}): Promise<void> {
  await mkdir(folder, { recursive: true })
  const dead = { pid: 2 ** 22 + 1, host: hostname(), processStart: '1', lockedAt: new Date().toISOString() }
  await writeFile(lockFile, JSON.stringify({ ...dead, ...holder }))
}

describe('a folder', () => {
  it('behavior: one that another process has is refused, and names Postgres', async () => {
    const { child, said } = await holdFolder()
    expect(said).toBe('locked')
    expect(() => lockFolder(folder)).toThrow(
      new RegExp(`in use by process ${child.pid} on ${hostname()} since .*for several, use Postgres`),
    )
    expect((await holdFolder()).said).toContain('use Postgres')
    await end(child, () => child.stdin?.end())
    expect(existsSync(lockFile)).toBe(false)
    lockFolder(folder)()
  })

  it('behavior: what a process that was killed has left behind is taken over, with its rows', async () => {
    const { database, pglite } = open()
    await database.exec('create table kept (id int); insert into kept values (1), (2);')
    await pglite.close()
    closers.length = 0
    database.close()

    const { child } = await holdFolder()
    await end(child, () => child.kill('SIGKILL'))
    expect(existsSync(lockFile)).toBe(true)
    expect(await open().database.query('select id from kept order by id')).toEqual([{ id: 1 }, { id: 2 }])
  })

  it('behavior: of several processes that find a dead holder, one gets it', async () => {
    await writeLock()
    const all = await Promise.all(Array.from({ length: 4 }, holdFolder))
    expect(all.filter(({ said }) => said === 'locked')).toHaveLength(1)
    expect(all.filter(({ said }) => said.includes('use Postgres'))).toHaveLength(3)
  })

  it('behavior: a later process with the id of the dead one does not count', async () => {
    if (process.platform !== 'linux') return
    await writeLock({ pid: process.pid })
    lockFolder(folder)()
  })

  it('behavior: a dead one that nobody has buried does not count', async () => {
    if (process.platform !== 'linux') return
    // The shell becomes a parent that never asks what became of its child.
    const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(parent)
    const [said] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(String(said))
    const stat = async () => (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/.*\) /, '').split(' ')
    await writeLock({ pid, processStart: (await stat())[19] ?? null })
    expect(() => lockFolder(folder)).toThrow('in use')
    process.kill(pid, 'SIGKILL')
    await expect.poll(async () => (await stat())[0]).toBe('Z')
    lockFolder(folder)()
  })

  it('behavior: a holder on another machine is left alone', async () => {
    await writeLock({ host: 'elsewhere' })
    expect(() => lockFolder(folder)).toThrow(/process \d+ on elsewhere since .* is gone, delete .*\.lock/)
    expect(JSON.parse(await readFile(lockFile, 'utf8'))).toMatchObject({ host: 'elsewhere' })
  })

  it('behavior: a lock that is just being written is one', async () => {
    await writeLock()
    await writeFile(lockFile, '')
    expect(() => lockFolder(folder)).toThrow('in use by another process')
  })

  it('behavior: a second taker in this process is refused too', () => {
    open()
    expect(() => lockFolder(folder)).toThrow(`another PGlite of this process (${process.pid})`)
  })

  it('behavior: the same instance may be handed over again; the last one gives the folder back', async () => {
    const { pglite, database } = open()
    const again = connectDatabase(pglite)
    database.close()
    database.close()
    expect(existsSync(lockFile)).toBe(true)
    again.close()
    expect(existsSync(lockFile)).toBe(false)
  })

  it('behavior: unlocking leaves a later holder alone', async () => {
    const unlock = lockFolder(folder)
    await writeLock({ host: 'elsewhere' })
    unlock()
    expect(existsSync(lockFile)).toBe(true)
  })

  it.each([
    ['./data', './data'],
    ['/var/data', '/var/data'],
    ['file://./data', './data'],
    ['C:\\data', 'C:\\data'],
    ['memory://', null],
    ['memory://name', null],
    ['idb://name', null],
    ['opfs-ahp://name', null],
    ['', null],
    [undefined, null],
  ])('parameters: dataDir %s is the folder %s', (dataDir, expected) => {
    expect(folderOf(dataDir)).toBe(expected)
  })
})
