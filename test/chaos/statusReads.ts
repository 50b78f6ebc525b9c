import type { History } from './history.js'
import { networkErrorOf } from './load.js'
import type { Random } from './random.js'
import { ORGANIZATION_HEADER } from './shop.js'
import { createTally, type Tally } from './tally.js'
import { differences, type Truth } from './truth.js'
import { type Activity, atRate } from './wait.js'

/** The browsers that ask for a status, and a judge who looks at every answer. */
export interface StatusReads extends Activity {
  readonly answers: Answers
  readonly errors: Tally
  readonly latencies: readonly number[]
  readonly violations: readonly string[]
}

interface Answers {
  all: number
  /** Said of themselves that they may be old. */
  stale: number
  /** True once, but no more when the request came: known to be late, within the tolerance. */
  late: number
}

/** What an answer holds, beside what is compared with the truth. */
type StatusBody = Truth & { stale: boolean; asOf: string }

interface ReadOptions {
  urls: readonly string[]
  organizations: readonly string[]
  history: History
  random: Random
  perSecond: number
  /** Milliseconds. */
  tolerance: number
}

const TIMEOUT = 15_000

export function startStatusReads(options: ReadOptions): StatusReads {
  const { urls, organizations, history, random, perSecond, tolerance } = options
  const answers: Answers = { all: 0, stale: 0, late: 0 }
  const errors = createTally()
  const latencies: number[] = []
  const violations: string[] = []

  async function read(): Promise<void> {
    const organizationId = random.pick(organizations)
    const from = Date.now()
    const began = performance.now()
    const outcome = await readStatus(random.pick(urls), organizationId)
    if ('error' in outcome) {
      errors.add(outcome.error)
      // Something is known of everybody, so that whoever answers at all can answer this.
      if ('status' in outcome) violations.push(`${organizationId} got ${outcome.error} for a status`)
      return
    }
    latencies.push(performance.now() - began)
    judge(organizationId, outcome.body, from)
  }

  function judge(organizationId: string, body: StatusBody, from: number): void {
    // What happened just now may not be written down yet.
    history.lookAt(organizationId)
    const to = Date.now()
    answers.all += 1
    if (body.stale) answers.stale += 1
    if (!matchesAny(body, history.between(organizationId, from, to))) answers.late += 1
    const fault = faultOf(body, history.between(organizationId, from - tolerance, to))
    if (fault !== undefined)
      violations.push(
        `${organizationId} was told ${fault}; asOf ${body.asOf}, stale ${body.stale}, asked at ${new Date(from).toISOString()}`,
      )
  }

  return { ...atRate(perSecond, read), answers, errors, latencies, violations }
}

/** What must not be said, given everything that was true in the time that counts. */
function faultOf(body: StatusBody, truths: readonly Truth[]): string | undefined {
  const said = `${body.status}, isActive ${body.isActive}, planType ${body.planType}`
  if (truths.every(({ hasActiveSubscription }) => hasActiveSubscription) && !body.isActive)
    return `"${said}" while it was paying all the time`
  if (truths.every(({ status }) => status !== 'none') && body.status === 'none')
    return `"${said}" although it has bought something`
  if (!body.stale && !matchesAny(body, truths)) return `"${said}", not marked as stale and not true for long`
  return undefined
}

/** Whether the answer was true: in what an app acts upon. */
function matchesAny(body: StatusBody, truths: readonly Truth[]): boolean {
  return truths.some(
    ({ status, isActive, planType, hasActiveSubscription }) =>
      body.status === status &&
      body.isActive === isActive &&
      body.planType === planType &&
      body.hasActiveSubscription === hasActiveSubscription,
  )
}

async function readStatus(
  url: string,
  organizationId: string,
): Promise<{ body: StatusBody } | { error: string; status?: number }> {
  try {
    const response = await fetch(`${url}/api/billing/status`, {
      headers: { [ORGANIZATION_HEADER]: organizationId },
      signal: AbortSignal.timeout(TIMEOUT),
    })
    const body = (await response.json()) as StatusBody & { error?: { code: string } }
    return response.ok ? { body } : { error: body.error?.code ?? 'unknown', status: response.status }
  } catch (error) {
    return { error: networkErrorOf(error) }
  }
}

/** How an answer differs from the truth in any field; empty if it does not, and is not stale. */
export async function statusFaults(url: string, organizationId: string, truth: Truth): Promise<string[]> {
  const outcome = await readStatus(url, organizationId)
  if ('error' in outcome) return [outcome.error]
  return [...differences({ ...outcome.body }, truth), ...(outcome.body.stale ? ['stale'] : [])]
}
