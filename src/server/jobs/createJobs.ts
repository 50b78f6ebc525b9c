import type { JobResult, JobWithMetadata, PgBoss } from 'pg-boss'
import { isBillingError } from '../../contract/index.js'
import type { Database, Queryable } from '../database/database.js'
import type { OnEvent } from '../events.js'
import { NotMigratedError } from '../openDatabase.js'
import { type Alarm, createAlarm } from './alarm.js'
import { createBoss, inTransaction, migrateJobs } from './createBoss.js'
import { type JobData, QUEUE_NAMES, type QueueName, QUEUES } from './queues.js'

/** Seconds after which a process looks for what others have left, and milliseconds after which it tries to start again. */
const NET = 15
const START_AGAIN = 15_000
/** Milliseconds in which an app has usually called `migrate()`. */
const FIRST_START = 20
/** Milliseconds that `close` waits for jobs that run. What is not done by then is done again by another process. */
const CLOSE_TIME = 10_000

export interface Job<Name extends QueueName> {
  data: JobData[Name]
  /** 1 for the first. */
  attempt: number
  /** Whether there is time for one more piece of work: nobody closes, and nobody's time is over. */
  mayGoOn: () => boolean
}

/** Does a job. What it throws makes the job wait for its next attempt, or lie with the dead ones. */
export type JobHandlers = { readonly [Name in QueueName]: (job: Job<Name>) => Promise<void> }

/** Background work that survives its process: pg-boss' retries, dead letters, schedules and workers on the app's database. */
export interface Jobs {
  migrate(): Promise<void>
  /** Resolves when jobs can be put in line. Outside a transaction: it needs connections of its own. */
  ready(): Promise<void>
  /** Puts a job in line as part of a transaction, to run so many seconds after it. Wake its queue when that has committed. */
  send<Name extends QueueName>(
    tx: Queryable,
    name: Name,
    data: JobData[Name],
    seconds?: number,
  ): Promise<void>
  /** There is something to do in so many milliseconds: this process looks then, and does not wait for its turn. */
  wake(name: QueueName, delay: number): void
  /** Works what is due, scheduled work too, until nothing is or the seconds are over. Gives the number of jobs that ran. */
  drain(seconds: number): Promise<number>
  /** Finishes what runs, and takes no more. */
  close(): Promise<void>
}

interface Running {
  boss: PgBoss
  workers: Map<QueueName, string[]>
}

type AnyJob = JobWithMetadata<JobData[QueueName]>

export function createJobs(
  database: Database,
  { handlers, onEvent }: { handlers: JobHandlers; onEvent: OnEvent },
): Jobs {
  const startAlarm = createAlarm(() => void tryStart())
  const alarms = new Map<QueueName, Alarm>(
    QUEUE_NAMES.map((name) => [name, createAlarm(() => void notify(name))]),
  )
  const active = new Set<Promise<unknown>>()
  let running: Promise<Running> | undefined
  let closed = false
  let ran = 0
  let deadline = Number.POSITIVE_INFINITY
  let lastProblem: string | undefined

  const mayGoOn = (): boolean => !closed && performance.now() < deadline

  function start(): Promise<Running> {
    if (closed) return Promise.reject(new Error('polar-billing-kit: close() was called.'))
    startAlarm.clear()
    running ??= startBoss().catch((error: unknown) => {
      running = undefined
      throw error
    })
    return running
  }

  async function startBoss(): Promise<Running> {
    const boss = await createBoss(database, { migrate: false, schedule: true })
    boss.on('error', ({ message }) => report(message))
    boss.on('warning', ({ message }) => report(message))
    try {
      await assertMigrated(boss)
      await boss.start()
      const workers = new Map<QueueName, string[]>()
      for (const name of QUEUE_NAMES) workers.set(name, await startWorkers(boss, name))
      return { boss, workers }
    } catch (error) {
      await boss.stop({ close: false, graceful: false })
      throw error
    }
  }

  async function startWorkers(boss: PgBoss, name: QueueName): Promise<string[]> {
    const { workers, batchSize } = QUEUES[name]
    const options = {
      batchSize,
      includeMetadata: true,
      perJobResults: true,
      pollingIntervalSeconds: NET,
    } as const
    return Promise.all(
      Array.from({ length: workers }, async () => {
        const id: string = await boss.work<JobData[QueueName], unknown, typeof options>(
          name,
          options,
          async (jobs) => {
            const results = await settle(name, jobs)
            // As long as there was something, there may be more.
            boss.notifyWorker(id)
            return results
          },
        )
        return id
      }),
    )
  }

  /** Runs a batch. The same job twice in it is one. */
  async function settle(name: QueueName, jobs: readonly AnyJob[]): Promise<JobResult[]> {
    const runs = new Map<string, Promise<Omit<JobResult, 'id'>>>()
    const settled = Promise.all(
      jobs.map(async (job) => {
        const key = JSON.stringify(job.data)
        const run = runs.get(key) ?? runJob(name, job)
        runs.set(key, run)
        return { id: job.id, ...(await run) }
      }),
    )
    active.add(settled)
    try {
      return await settled
    } finally {
      active.delete(settled)
      ran += jobs.length
    }
  }

  async function runJob(name: QueueName, { data, retryCount }: AnyJob): Promise<Omit<JobResult, 'id'>> {
    try {
      // A queue's jobs hold what its handler takes: they were sent by `send`.
      const run = handlers[name] as (job: Job<QueueName>) => Promise<void>
      await run({ data, attempt: retryCount + 1, mayGoOn })
      lastProblem = undefined
      return { status: 'completed' }
    } catch (error) {
      return { status: 'failed', output: { reason: reasonOf(error) } }
    }
  }

  async function notify(name: QueueName): Promise<void> {
    try {
      const { boss, workers } = await start()
      for (const id of workers.get(name) ?? []) boss.notifyWorker(id)
    } catch (error) {
      startAgain(error)
    }
  }

  async function tryStart(): Promise<void> {
    await start().catch(startAgain)
  }

  function startAgain(error: unknown): void {
    if (closed) return
    // Missing tables are told to whoever needs them.
    if (!(error instanceof NotMigratedError)) report(String(error))
    startAlarm.setUnlessSet(START_AGAIN)
  }

  // The same trouble is met every few seconds for as long as it lasts, and is news once.
  function report(problem: string): void {
    if (closed || problem === lastProblem) return
    lastProblem = problem
    onEvent({ type: 'warning', message: `Background jobs: ${problem}` })
  }

  /** Works one batch, as the workers do. */
  async function workBatch(boss: PgBoss, name: QueueName): Promise<number> {
    const jobs = await boss.fetch<JobData[QueueName]>(name, {
      batchSize: QUEUES[name].batchSize,
      includeMetadata: true,
    })
    for (const { id, status, output } of await settle(name, jobs)) {
      if (status === 'completed') await boss.complete(name, id)
      else await boss.fail(name, id, output as object)
    }
    return jobs.length
  }

  async function workAll(boss: PgBoss): Promise<void> {
    let worked = 1
    while (worked > 0 && mayGoOn()) {
      worked = 0
      for (const name of QUEUE_NAMES) if (mayGoOn()) worked += await workBatch(boss, name)
      await Promise.all(active)
    }
  }

  async function drain(seconds: number): Promise<number> {
    const { boss } = await start()
    const before = ran
    deadline = performance.now() + seconds * 1_000
    try {
      // What runs by the clock, for an app whose processes are never there at the time.
      for (const name of QUEUE_NAMES) {
        const { schedule } = QUEUES[name]
        if (schedule !== undefined) await boss.sendThrottled(name, null, null, schedule.everySeconds)
      }
      await boss.supervise()
      await workAll(boss)
      return ran - before
    } finally {
      deadline = Number.POSITIVE_INFINITY
    }
  }

  startAlarm.set(FIRST_START)
  return {
    migrate: async () => {
      await migrateJobs(database)
      await tryStart()
    },
    ready: async () => {
      await start()
    },
    send: async (tx, name, data, seconds = 0) => {
      const { boss } = await start()
      await boss.send(name, data, { startAfter: seconds, db: inTransaction(tx) })
    },
    wake: (name, delay) => {
      if (!closed) alarms.get(name)?.setUnlessSet(delay)
    },
    drain,
    close: async () => {
      closed = true
      startAlarm.clear()
      for (const alarm of alarms.values()) alarm.clear()
      const started = await running?.catch(() => undefined)
      await started?.boss.stop({ close: false, timeout: CLOSE_TIME })
    },
  }
}

async function assertMigrated(boss: PgBoss): Promise<void> {
  if (await boss.isInstalled()) {
    const known = new Set((await boss.getQueues()).map(({ name }) => name))
    if (QUEUE_NAMES.every((name) => known.has(name))) return
  }
  throw new NotMigratedError(
    'polar-billing-kit: the database lacks the queues of the kit. Call `await billing.migrate()` before the first use, or run ' +
      '`npx polar-billing-kit migrate`.',
  )
}

/** What is written down of a failure. The message of an error that is not ours may hold anything. */
export function reasonOf(error: unknown): string {
  if (isBillingError(error)) return `${error.code} ${error.message}`
  return error instanceof Error ? error.name : 'something was thrown that is no Error'
}
