import type { Database } from '../database/database.js'
import type { OnEvent } from '../events.js'
import { NotMigratedError } from '../openDatabase.js'
import { type Alarm, createAlarm } from './alarm.js'
import { inTransaction, migrateJobs } from './createBoss.js'
import { createRunner } from './createRunner.js'
import { drainQueues } from './drainQueues.js'
import type { JobHandlers, Jobs } from './jobs.js'
import { QUEUE_NAMES, type QueueName } from './queues.js'
import { type Running, startBoss } from './startBoss.js'

/** Milliseconds in which an app has usually called `migrate()`. */
const FIRST_START = 20
/** Milliseconds after which a start that failed is tried again. */
const START_AGAIN = 15_000
/** Milliseconds in which the same trouble is reported once. */
const REPORT_AGAIN = 60_000
/** Milliseconds that `close` waits for jobs that run. What is not done by then is done again by another process. */
const CLOSE_TIME = 10_000

export function createJobs(
  database: Database,
  { handlers, onEvent }: { handlers: JobHandlers; onEvent: OnEvent },
): Jobs {
  const names = QUEUE_NAMES.filter((name) => handlers[name] !== undefined)
  const runner = createRunner(handlers)
  const startAlarm = createAlarm(() => void tryStart())
  const alarms = new Map<QueueName, Alarm>(
    names.map((name) => [name, createAlarm(() => void tryStart(name))]),
  )
  let running: Promise<Running> | undefined
  let closed = false
  let lastProblem = { text: '', at: Number.NEGATIVE_INFINITY }

  function start(): Promise<Running> {
    if (closed) return Promise.reject(new Error('polar-billing-kit: close() was called.'))
    startAlarm.clear()
    running ??= startBoss(database, {
      names,
      runner,
      mayGoOn: () => !closed,
      onProblem: report,
    }).catch((error: unknown) => {
      running = undefined
      if (!closed) startAlarm.setUnlessSet(START_AGAIN)
      throw error
    })
    return running
  }

  async function tryStart(notified?: QueueName): Promise<void> {
    try {
      const { boss, workers } = await start()
      const ids = notified === undefined ? [] : workers.get(notified)
      for (const id of ids ?? []) boss.notifyWorker(id)
    } catch (error) {
      // Missing tables are told to whoever needs them.
      if (!(error instanceof NotMigratedError)) report(String(error))
    }
  }

  // Every worker meets the same trouble every few seconds for as long as it lasts.
  function report(problem: string): void {
    const text = problem.replace(/ \(Queue: .*$/, '')
    const isNews = text !== lastProblem.text || performance.now() - lastProblem.at > REPORT_AGAIN
    if (closed || !isNews) return
    lastProblem = { text, at: performance.now() }
    onEvent({ type: 'warning', message: `Background jobs: ${text}` })
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
    send: async (tx, name, data) => {
      const { boss } = await start()
      await boss.send(name, data, { db: inTransaction(tx) })
    },
    wake: (name, delay) => {
      if (!closed) alarms.get(name)?.setUnlessSet(delay)
    },
    drain: async (seconds) => {
      const end = performance.now() + seconds * 1_000
      const { boss } = await start()
      const before = runner.count
      await drainQueues(boss, { names, runner, end })
      return runner.count - before
    },
    close: async () => {
      closed = true
      startAlarm.clear()
      for (const alarm of alarms.values()) alarm.clear()
      const started = await running?.catch(() => undefined)
      await started?.boss.stop({ close: false, timeout: CLOSE_TIME })
    },
  }
}
