import type { PgBoss } from 'pg-boss'
import { unref } from './alarm.js'
import type { Runner } from './createRunner.js'
import { type JobData, type QueueName, QUEUES } from './queues.js'

interface DrainOptions {
  names: readonly QueueName[]
  runner: Runner
  /** Of `performance.now()`. */
  end: number
}

/** Works what is due without any worker, also what would run by the clock if a process were there at the time. */
export async function drainQueues(boss: PgBoss, { names, runner, end }: DrainOptions): Promise<void> {
  const mayGoOn = (): boolean => performance.now() < end
  for (const name of names) {
    const { schedule } = QUEUES[name]
    if (schedule !== undefined) await boss.sendThrottled(name, null, null, schedule.everySeconds)
  }
  // Jobs of processes that have died come back.
  await boss.supervise()
  let worked = 1
  while (worked > 0 && mayGoOn()) {
    worked = 0
    for (const name of names) if (mayGoOn()) worked += await workBatch(boss, name, { runner, mayGoOn })
    // Workers of this process may have taken some; what they do is part of it.
    await Promise.race([runner.idle(), sleep(end - performance.now())])
  }
}

async function workBatch(
  boss: PgBoss,
  name: QueueName,
  { runner, mayGoOn }: { runner: Runner; mayGoOn: () => boolean },
): Promise<number> {
  const { batchSize } = QUEUES[name]
  const jobs = await boss.fetch<JobData[QueueName]>(name, { batchSize, includeMetadata: true })
  for (const { id, status, output } of await runner.run(name, jobs, mayGoOn)) {
    if (status === 'completed') await boss.complete(name, id)
    else await boss.fail(name, id, output as object)
  }
  return jobs.length
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    unref(setTimeout(resolve, Math.max(0, ms)))
  })
}
