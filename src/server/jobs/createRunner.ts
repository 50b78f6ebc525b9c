import type { JobResult, JobWithMetadata } from 'pg-boss'
import { type Job, type JobHandlers, reasonOf } from './jobs.js'
import type { JobData, QueueName } from './queues.js'

export type AnyJob = JobWithMetadata<JobData[QueueName]>

/** Hands jobs to their handlers. */
export interface Runner {
  /** Runs a batch and says what became of each job. The same job twice in it is one. */
  run(name: QueueName, jobs: readonly AnyJob[], mayGoOn: () => boolean): Promise<JobResult[]>
  /** Resolves when none of the jobs that run now does. */
  idle(): Promise<unknown>
  /** How many jobs have run so far. */
  readonly count: number
}

type Outcome = Pick<JobResult, 'status' | 'output'>

export function createRunner(handlers: JobHandlers): Runner {
  const active = new Set<Promise<unknown>>()
  let count = 0

  async function runOne(name: QueueName, job: AnyJob, mayGoOn: () => boolean): Promise<Outcome> {
    try {
      // A queue's jobs hold what its handler takes: nobody else sends any.
      const handler = handlers[name] as ((job: Job<QueueName>) => Promise<void>) | undefined
      await handler?.({ data: job.data, attempt: job.retryCount + 1, mayGoOn })
      return { status: 'completed' }
    } catch (error) {
      return { status: 'failed', output: { reason: reasonOf(error) } }
    }
  }

  async function runAll(
    name: QueueName,
    jobs: readonly AnyJob[],
    mayGoOn: () => boolean,
  ): Promise<JobResult[]> {
    const runs = new Map<string, Promise<Outcome>>()
    return Promise.all(
      jobs.map(async (job) => {
        const key = JSON.stringify(job.data)
        const run = runs.get(key) ?? runOne(name, job, mayGoOn)
        runs.set(key, run)
        return { id: job.id, ...(await run) }
      }),
    )
  }

  return {
    run: async (name, jobs, mayGoOn) => {
      const running = runAll(name, jobs, mayGoOn)
      active.add(running)
      const results = await running
      active.delete(running)
      count += jobs.length
      return results
    },
    idle: () => Promise.all(active),
    get count() {
      return count
    },
  }
}
