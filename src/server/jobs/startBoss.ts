import type { PgBoss } from 'pg-boss'
import type { Database } from '../database/database.js'
import { NotMigratedError } from '../openDatabase.js'
import { createBoss } from './createBoss.js'
import type { Runner } from './createRunner.js'
import { type JobData, QUEUE_NAMES, type QueueName, QUEUES } from './queues.js'

/** Seconds after which a process looks for what others have left: it was restarted, or they were. */
const NET = 15

/** The queue at work in this process. */
export interface Running {
  boss: PgBoss
  /** The workers of each queue by their ids. */
  workers: ReadonlyMap<QueueName, readonly string[]>
}

interface StartOptions {
  /** The queues that this process works. */
  names: readonly QueueName[]
  runner: Runner
  mayGoOn: () => boolean
  onProblem: (problem: string) => void
}

/** @throws NotMigratedError if the tables of the queue are missing; Error if pg-boss is not installed */
export async function startBoss(database: Database, options: StartOptions): Promise<Running> {
  const { names, onProblem } = options
  const boss = await createBoss(database, { migrate: false, schedule: true })
  boss.on('error', ({ message }) => onProblem(message))
  boss.on('warning', ({ message }) => onProblem(message))
  try {
    await assertMigrated(boss)
    await boss.start()
    const started = names.map(async (name) => [name, await startWorkers(boss, name, options)] as const)
    return { boss, workers: new Map(await Promise.all(started)) }
  } catch (error) {
    await boss.stop({ close: false, graceful: false })
    throw error
  }
}

function startWorkers(
  boss: PgBoss,
  name: QueueName,
  { runner, mayGoOn }: StartOptions,
): Promise<readonly string[]> {
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
          // As long as there is something, there may be more.
          boss.notifyWorker(id)
          return runner.run(name, jobs, mayGoOn)
        },
      )
      return id
    }),
  )
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
