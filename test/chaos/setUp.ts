import { startPostgres } from '../server/database/startPostgres.js'
import { type Faults, startFaults } from './faults.js'
import { createHistory, type History } from './history.js'
import { type Life, startLife } from './life.js'
import { type Load, startLoad } from './load.js'
import type { ChaosOptions } from './options.js'
import { type Polar, startPolar } from './polar.js'
import { type Fleet, startFleet } from './processes.js'
import type { Random } from './random.js'
import { WEBHOOK_SECRET } from './shop.js'
import { type StatusReads, startStatusReads } from './statusReads.js'
import { judgeStatuses } from './verdict.js'
import { openWebhookGate, type WebhookGate } from './webhooks.js'

/** What stands before the chaos begins, and after it. */
export interface Stage {
  polar: Polar
  fleet: Fleet
  gate: WebhookGate
  history: History
  organizations: readonly string[]
  close(): Promise<void>
}

/** Everything that goes on at the same time. */
export interface Chaos extends Stage {
  load: Load
  reads: StatusReads
  life: Life
  faults: Faults
}

/** One Postgres, Polar, the processes and their webhooks; a good part of the organizations pays already. */
export async function setUpStage(options: ChaosOptions, random: Random): Promise<Stage> {
  const organizations = Array.from({ length: options.organizations }, (_, index) => `org_${index}`)
  const postgres = await startPostgres({ fsync: options.fsync })
  const polar = await startPolar(options.limit)
  for (const id of organizations.filter(() => random.happens(0.6))) buyFirst(polar, id, random)
  const fleet = await startFleet(options.processes, {
    connectionString: await postgres.createDatabase(),
    polarUrl: polar.url,
    products: polar.products,
  })
  const gate = await openWebhookGate(fleet.urls, random.fork())
  polar.emulator.controls.addWebhookEndpoint({ url: gate.url, secret: WEBHOOK_SECRET })
  const history = createHistory(polar.emulator, polar.products, organizations)
  const wrong = await judgeStatuses(fleet.urls, organizations, history)
  if (wrong.length > 0) throw new Error(`Statuses were wrong before the chaos: ${wrong.join('; ')}`)
  return {
    polar,
    fleet,
    gate,
    history,
    organizations,
    close: async () => {
      await fleet.stop()
      await polar.close()
      await gate.close()
      await postgres.stop()
    },
  }
}

function buyFirst({ emulator, products }: Polar, organizationId: string, random: Random): void {
  emulator.controls.purchase({
    external_customer_id: organizationId,
    product_id: products[random.pick(['pro', 'team'])] ?? '',
  })
}

export function letLoose(stage: Stage, options: ChaosOptions, random: Random): Chaos {
  const { polar, fleet, history, organizations } = stage
  const { urls } = fleet
  return {
    ...stage,
    load: startLoad({ urls, organizations, random: random.fork(), perSecond: options.rate }),
    reads: startStatusReads({
      urls,
      organizations,
      history,
      random: random.fork(),
      perSecond: options.reads,
      tolerance: options.tolerance * 1_000,
    }),
    // The first half is left alone: who pays there pays from beginning to end.
    life: startLife({
      polar,
      history,
      organizations: organizations.slice(organizations.length / 2),
      random: random.fork(),
      perSecond: options.life,
    }),
    faults: startFaults(polar.emulator, random.fork()),
  }
}
