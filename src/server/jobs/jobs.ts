import { isBillingError } from '../../contract/index.js'
import type { Queryable } from '../database/database.js'
import type { JobData, QueueName } from './queues.js'

export interface Job<Name extends QueueName> {
  data: JobData[Name]
  /** 1 for the first. */
  attempt: number
  /** Whether there is time for one more piece of work: nobody closes, and nobody's time is over. */
  mayGoOn: () => boolean
}

/** Does a job. What it throws makes the job wait for its next attempt, or lie with the dead ones. */
export type JobHandler<Name extends QueueName> = (job: Job<Name>) => Promise<void>

/** What this process does. A queue without a handler is left to other processes. */
export type JobHandlers = { readonly [Name in QueueName]?: JobHandler<Name> | undefined }

/** Background work that survives its process: pg-boss' retries, dead letters, schedules and workers on the app's database. */
export interface Jobs {
  migrate(): Promise<void>
  /** Resolves when jobs can be put in line. Outside a transaction: it needs connections of its own. */
  ready(): Promise<void>
  /** Puts a job in line as part of a transaction. Wake its queue when that has committed. */
  send<Name extends QueueName>(tx: Queryable, name: Name, data: JobData[Name]): Promise<void>
  /** There is something to do in so many milliseconds: this process looks then, and does not wait for its turn. */
  wake(name: QueueName, delay: number): void
  /** Works what is due, scheduled work too, until nothing is or the seconds are over. Gives the number of jobs that ran. */
  drain(seconds: number): Promise<number>
  /** Finishes what runs, and takes no more. */
  close(): Promise<void>
}

/** What is written down of a failure. The message of an error that is not ours may hold anything. */
export function reasonOf(error: unknown): string {
  if (isBillingError(error)) return `${error.code} ${error.message}`
  return error instanceof Error ? error.name : 'something was thrown that is no Error'
}
