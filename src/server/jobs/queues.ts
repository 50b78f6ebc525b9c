import type { QueueOptions, QueuePolicy } from 'pg-boss'

/** What each kind of job is told: ids alone. Jobs end up in dumps and logs like every row. */
export interface JobData {
  refresh: { organizationId: string }
  hook: { webhookId: string }
  'dead-hook': { webhookId: string }
  reconcile: null
  forget: null
}

export type QueueName = keyof JobData

interface QueuePlan {
  options: QueueOptions & { policy?: QueuePolicy; deadLetter?: QueueName }
  /** Each one of so many workers in a process takes so many jobs at once. */
  workers: number
  batchSize: number
  /** When it runs without being asked to. */
  schedule?: { cron: string; everySeconds: number }
}

const MINUTE = 60
const DAY = 86_400

/** In the order in which they are made: a dead letter queue before the one that names it. */
export const QUEUES: Readonly<Record<QueueName, QueuePlan>> = {
  // Tries for about half an hour; what is not read by then is left to the reconciliation.
  refresh: {
    options: {
      expireInSeconds: 30,
      retryLimit: 12,
      retryDelay: 5,
      retryBackoff: true,
      retryDelayMax: 5 * MINUTE,
      deleteAfterSeconds: MINUTE,
    },
    workers: 2,
    batchSize: 50,
  },
  'dead-hook': {
    options: { expireInSeconds: MINUTE, retryLimit: 100, retryDelay: MINUTE, deleteAfterSeconds: 90 * DAY },
    workers: 1,
    batchSize: 10,
  },
  // Ten attempts in about three quarters of an hour. One at a time for each worker: a slow one holds up no other.
  hook: {
    options: {
      expireInSeconds: 5 * MINUTE,
      retryLimit: 9,
      retryDelay: 5,
      retryBackoff: true,
      retryDelayMax: 15 * MINUTE,
      retentionSeconds: 90 * DAY,
      deleteAfterSeconds: MINUTE,
      deadLetter: 'dead-hook',
    },
    workers: 4,
    batchSize: 1,
  },
  // One at a time in all processes.
  reconcile: {
    options: { policy: 'exclusive', expireInSeconds: 10 * MINUTE, retryLimit: 0 },
    workers: 1,
    batchSize: 1,
    schedule: { cron: '*/5 * * * *', everySeconds: 5 * MINUTE },
  },
  forget: {
    options: { policy: 'exclusive', expireInSeconds: 10 * MINUTE, retryLimit: 3, retryDelay: MINUTE },
    workers: 1,
    batchSize: 1,
    schedule: { cron: '17 3 * * *', everySeconds: DAY },
  },
}

export const QUEUE_NAMES = Object.keys(QUEUES) as QueueName[]
