import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/server/database/database.js'
import { migrate } from '../../../src/server/database/migrate.js'
import { MIGRATIONS } from '../../../src/server/database/migrations.js'

export interface OpenDatabase {
  /** Each call is another connection to the same data, where the database has several. */
  connect(): Database
  close(): Promise<void>
}

/** What every database promises to the kit. */
export function databaseSuite(name: string, openEmpty: () => Promise<OpenDatabase>): void {
  describe(name, () => {
    let opened: OpenDatabase
    let database: Database
    beforeAll(async () => {
      opened = await openEmpty()
      database = opened.connect()
      await database.exec(`
        create table counters (id int primary key, value int not null);
        create table things (id serial primary key, at timestamptz, body jsonb, big bigint, names text[], note text);
        insert into counters values (1, 0);
      `)
    })
    afterAll(() => opened.close())

    describe('query', () => {
      it('default: takes values and gives rows', async () => {
        const rows = await database.query<{ sum: number; word: string; nothing: null }>(
          `select ($1::int + $2::int) as sum, $3::text as word, $4::text as nothing`,
          [1, 2, "it's $1; 👋", null],
        )
        expect(rows).toEqual([{ sum: 3, word: "it's $1; 👋", nothing: null }])
      })

      it('behavior: without rows it gives none', async () => {
        expect(await database.query('select 1 where false')).toEqual([])
        expect(await database.query("insert into things (note) values ('x')")).toEqual([])
      })

      it('behavior: timestamps keep their microseconds, in the row and in comparisons', async () => {
        const at = '2026-01-10T12:00:00.123456Z'
        await database.query('insert into things (at, note) values ($1::timestamptz, $2)', [at, 'at'])
        const [row] = await database.query<{ text: string; later: boolean; date: Date }>(
          `select to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as text,
            at > $1::timestamptz as later, at as date
           from things where note = 'at'`,
          ['2026-01-10T12:00:00.123455Z'],
        )
        expect(row).toEqual({ text: at, later: true, date: new Date('2026-01-10T12:00:00.123Z') })
      })

      it('behavior: a Date goes in as the same moment', async () => {
        const date = new Date('2026-03-29T01:30:00.250Z')
        expect(await database.query('select $1::timestamptz as at', [date])).toEqual([{ at: date }])
      })

      it.each([
        { a: [1, { b: null }], c: 'ü"\\', d: 1.5, e: true },
        ['x', 1, null],
        'a string',
        0,
        false,
        null,
      ])('behavior: JSON comes back as it went in: %j', async (body) => {
        const [row] = await database.query('insert into things (body) values ($1::jsonb) returning body', [
          JSON.stringify(body),
        ])
        expect(row).toEqual({ body })
      })

      it('behavior: a bigint beyond doubles survives as text, a count comes as a number', async () => {
        const [row] = await database.query(
          'insert into things (big) values ($1::bigint) returning big::text as big',
          ['9007199254740993'],
        )
        expect(row).toEqual({ big: '9007199254740993' })
        expect(await database.query('select count(*)::int as n from counters')).toEqual([{ n: 1 }])
      })

      it('behavior: arrays go in as values', async () => {
        const names = ['a', 'b,c', '"d"', '{e}', 'null', '']
        const rows = await database.query('select unnest($1::text[]) as name', [names])
        expect(rows).toEqual(names.map((name) => ({ name })))
      })

      it('behavior: a refusal carries the code of Postgres, and the next statement works', async () => {
        await expect(database.query('insert into counters values (1, 5)')).rejects.toMatchObject({
          code: '23505',
        })
        await expect(database.query('select * from nowhere')).rejects.toMatchObject({ code: '42P01' })
        expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
      })

      it('behavior: takes one statement only when it has values', async () => {
        await expect(database.query('select $1::int; select 2', [1])).rejects.toMatchObject({ code: '42601' })
      })
    })

    describe('exec', () => {
      it('behavior: one failing statement undoes the others', async () => {
        await expect(
          database.exec('create table half (id int); insert into half values (1); select * from nowhere;'),
        ).rejects.toMatchObject({ code: '42P01' })
        expect(await database.query(`select to_regclass('half') is null as gone`)).toEqual([{ gone: true }])
      })
    })

    describe('transaction', () => {
      const insert = `insert into things (note) values ($1)`
      const count = async (note: string): Promise<number> => {
        const [row] = await database.query<{ n: number }>(
          'select count(*)::int as n from things where note = $1',
          [note],
        )
        return row?.n ?? -1
      }

      it('default: commits and gives what `run` gave', async () => {
        const given = await database.transaction(async (tx) => {
          await tx.query(insert, ['kept'])
          await tx.query(insert, ['kept'])
          return 'result'
        })
        expect(given).toBe('result')
        expect(await count('kept')).toBe(2)
      })

      it('behavior: an error of `run` rolls back and comes out as it is', async () => {
        const error = new Error('mine')
        const run = database.transaction(async (tx) => {
          await tx.query(insert, ['undone'])
          throw error
        })
        await expect(run).rejects.toBe(error)
        expect(await count('undone')).toBe(0)
      })

      it('behavior: a failed statement that `run` kept silent about is no success', async () => {
        const run = database.transaction(async (tx) => {
          await tx.query(insert, ['silent'])
          await tx.query('select * from nowhere').catch(() => undefined)
        })
        await expect(run).rejects.toThrow(/rolled back|aborted/)
        expect(await count('silent')).toBe(0)
      })

      it('behavior: concurrent ones lose no update', async () => {
        const databases = Array.from({ length: 4 }, () => opened.connect())
        await Promise.all(
          [...databases, ...databases, ...databases, ...databases, ...databases].map((each) =>
            each.transaction(async (tx) => {
              const [row] = await tx.query<{ value: number }>(
                'select value from counters where id = 1 for update',
              )
              await tx.query('update counters set value = $1 where id = 1', [(row?.value ?? 0) + 1])
            }),
          ),
        )
        expect(await database.query('select value from counters')).toEqual([{ value: 20 }])
      })

      it('behavior: one that has ended takes no more statements', async () => {
        let late: (() => Promise<unknown>) | undefined
        await database.transaction(async (tx) => {
          late = () => tx.query(insert, ['late'])
        })
        await expect(late?.()).rejects.toThrow()
        expect(await count('late')).toBe(0)
      })
    })

    describe('listen', () => {
      const notify = (channel: string, payload: string): Promise<unknown> =>
        database.query('select pg_notify($1, $2)', [channel, payload])

      it('default: hears a channel in order, and nothing of others', async () => {
        const heard: string[] = []
        const stop = await opened.connect().listen('polar_test', (payload) => heard.push(payload))
        await notify('polar_other', 'not this')
        for (const payload of ['1', '', 'ü']) await notify('polar_test', payload)
        await expect.poll(() => heard).toEqual(['1', '', 'ü'])
        await stop()
      })

      it('behavior: a transaction is heard when it commits, and not if it rolls back', async () => {
        const heard: string[] = []
        const stop = await opened.connect().listen('polar_test', (payload) => heard.push(payload))
        const undone = database.transaction(async (tx) => {
          await tx.query(`select pg_notify('polar_test', 'undone')`)
          throw new Error('mine')
        })
        await expect(undone).rejects.toThrow('mine')
        await database.transaction(async (tx) => {
          await tx.query(`select pg_notify('polar_test', 'done')`)
        })
        await expect.poll(() => heard).toEqual(['done'])
        await stop()
      })

      it('behavior: one that stopped hears no more; the other does', async () => {
        const heard: string[] = []
        const listening = opened.connect()
        const stop = await listening.listen('polar_test', (payload) => heard.push(`first ${payload}`))
        const stopOther = await listening.listen('polar_test', (payload) => heard.push(`other ${payload}`))
        await stop()
        await notify('polar_test', 'x')
        await expect.poll(() => heard).toEqual(['other x'])
        await stopOther()
        await stopOther()
      })
    })

    describe('migrate', () => {
      const versions = (): Promise<{ version: number; at: string }[]> =>
        database.query(
          'select version, applied_at::text as at from polar_billing.migrations order by version',
        )
      const known = MIGRATIONS.map(({ version }) => version)

      it('behavior: a failing migration leaves nothing behind, not even the ones before it', async () => {
        const broken = {
          version: known.length + 1,
          name: 'broken',
          statements: ['create table polar_billing.two (id int)', 'no'],
        }
        await expect(migrate(database, [...MIGRATIONS, broken])).rejects.toMatchObject({ code: '42601' })
        expect(await database.query(`select to_regnamespace('polar_billing') is null as none`)).toEqual([
          { none: true },
        ])
      })

      it('behavior: of five that start at once, one migrates', async () => {
        const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(opened.connect())))
        expect(applied.filter((migrations) => migrations.length > 0)).toEqual([MIGRATIONS])
        expect((await versions()).map(({ version }) => version)).toEqual(known)
      })

      it('behavior: run again it changes nothing', async () => {
        const before = await versions()
        await database.query(
          `insert into polar_billing.usage_events (id, organization_id, name, occurred_at) values ('e', 'o', 'n', now())`,
        )
        expect(await migrate(database)).toEqual([])
        expect(await versions()).toEqual(before)
        expect(await database.query('select id, attempts, metadata from polar_billing.usage_events')).toEqual(
          [{ id: 'e', attempts: 0, metadata: {} }],
        )
      })

      it('behavior: the next release adds what is missing, and an older one then refuses', async () => {
        const next = {
          version: known.length + 1,
          name: 'next',
          statements: ['alter table polar_billing.snapshots add column more text'],
        }
        expect(await migrate(database, [...MIGRATIONS, next])).toEqual([next])
        await expect(migrate(database)).rejects.toThrow(
          `the database is at version ${next.version} and this package knows version ${known.length}`,
        )
        await expect(migrate(database)).rejects.toThrow('Update the package')
      })

      it('behavior: columns hold microseconds, and rows cannot contradict themselves', async () => {
        expect(
          await database.query(
            `select table_name, column_name from information_schema.columns
             where table_schema = 'polar_billing' and data_type like 'timestamp%'
               and (data_type <> 'timestamp with time zone' or datetime_precision <> 6)`,
          ),
        ).toEqual([])
        const refused = { code: '23514' }
        await expect(
          database.query(
            `insert into polar_billing.snapshots (kind, key, reading) values ('customer', 'o', '{}')`,
          ),
        ).rejects.toMatchObject(refused)
        await expect(
          database.query(`update polar_billing.usage_events set rejected_at = now() where id = 'e'`),
        ).rejects.toMatchObject(refused)
        await expect(
          database.query(
            `update polar_billing.usage_events set delivered_at = now(), rejected_at = now(), rejection = 'x'`,
          ),
        ).rejects.toMatchObject(refused)
      })
    })
  })
}
