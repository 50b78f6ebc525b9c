export interface Migration {
  version: number
  name: string
  /** Run in order, in one transaction. */
  statements: readonly string[]
}

/** What a release has published is never changed: a change is a new migration. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'snapshots, webhooks, usage events, checkouts',
    statements: [
      `create table polar_billing.snapshots (
        -- What was read, such as 'customer', and of whom.
        kind text not null,
        key text not null,
        -- What the provider said last. A failure never erases it; null until the first success.
        reading jsonb,
        -- When the provider was asked: what changed before it answered, at answered_at, may be missing in the answer.
        read_at timestamptz,
        answered_at timestamptz,
        -- Counts how often something changed. A reading holds for the epoch in which the provider was asked: not a flag, for a refresh
        -- that was asked before must not clear it, and not a time, for two things may happen at once.
        epoch int not null default 0,
        read_epoch int,
        -- Counts the refreshes that have ended, well or not.
        revision int not null default 0,
        -- Who refreshes now, so that all processes together ask once, and until when the others leave it to a process that may die.
        refreshed_by text,
        lease_until timestamptz,
        -- Why the last refresh failed: { code, message, retryAt, epoch }. Null after a success.
        failure jsonb,
        primary key (kind, key),
        check (num_nulls(reading, read_at, answered_at, read_epoch) in (0, 4)),
        check ((refreshed_by is null) = (lease_until is null))
      )`,
      // Every key is an organization: what changes makes all that is known of it old.
      `create index snapshots_by_key on polar_billing.snapshots (key)`,

      `create table polar_billing.webhooks (
        -- The same in every delivery of a webhook: a second one is acknowledged and not repeated.
        webhook_id text primary key,
        type text not null,
        -- Null: it concerns none, or a customer that is not known here.
        organization_id text,
        -- The provider's own time, by which webhooks are ordered: they arrive late and out of order.
        occurred_at timestamptz not null,
        received_at timestamptz not null default now(),
        -- What it tells the whole state of (the id of a subscription, or of the customer), and when that state began: the provider's
        -- microseconds, by which an old one never wins over a newer one.
        subject text,
        changed_at timestamptz,
        -- The epoch of the organization's snapshot that it began: a reading of this epoch was asked for after it, whatever the clocks
        -- say. Null: nothing was known.
        epoch int,
        -- Without what opens doors (client secrets, URLs of checkouts and portals): rows end up in dumps and logs.
        payload jsonb not null,
        -- What has still to be done about it: 'refresh' of the organization, 'hook' of the app.
        awaits text[] not null default '{}',
        -- When all of it was done, or given up with an error.
        processed_at timestamptz,
        -- How often the app's hook was tried, and why it failed last.
        attempts int not null default 0,
        error text,
        check ((subject is null) = (changed_at is null))
      )`,
      `create index webhooks_unprocessed on polar_billing.webhooks (received_at) where processed_at is null`,
      `create index webhooks_waiting on polar_billing.webhooks (organization_id) where processed_at is null`,
      `create index webhooks_by_subject on polar_billing.webhooks (organization_id, changed_at) where subject is not null`,
      `create index webhooks_by_arrival on polar_billing.webhooks (received_at)`,

      `create table polar_billing.usage_events (
        -- The provider counts an id once and for ever, so that an event may be sent twice but never with another id.
        id text primary key,
        organization_id text not null,
        name text not null,
        metadata jsonb not null default '{}',
        occurred_at timestamptz not null,
        accepted_at timestamptz not null default now(),
        -- The first try. Without delivered_at nobody knows whether it arrived: send it again.
        sent_at timestamptz,
        delivered_at timestamptz,
        -- The provider will never take it, and this is its reason.
        rejected_at timestamptz,
        rejection text,
        attempts int not null default 0,
        next_attempt_at timestamptz not null default now(),
        check (delivered_at is null or rejected_at is null),
        check ((rejected_at is null) = (rejection is null))
      )`,
      // Small however much was ever delivered: it holds what waits.
      `create index usage_events_undelivered on polar_billing.usage_events (next_attempt_at, accepted_at)
        where delivered_at is null and rejected_at is null`,
      // How long the oldest one has waited, in one look-up.
      `create index usage_events_by_age on polar_billing.usage_events (accepted_at)
        where delivered_at is null and rejected_at is null`,
      // For the sums of what the provider's counts do not hold yet: undelivered, or delivered since a reading.
      `create index usage_events_pending on polar_billing.usage_events (organization_id, delivered_at)
        where rejected_at is null`,
      // For forgetting what is done with.
      `create index usage_events_delivered on polar_billing.usage_events (delivered_at) where delivered_at is not null`,
      `create index usage_events_rejected on polar_billing.usage_events (rejected_at) where rejected_at is not null`,

      // Whoever wants to buy the same for the same organization gets the same session. Its URL is never stored: whoever has it can
      // act for the buyer; the provider is asked for it again by the id.
      `create table polar_billing.checkouts (
        organization_id text not null,
        -- What is bought, as JSON: product, seats, and the free subscription that it replaces.
        choice text not null,
        -- The last session; null until the first one is open.
        checkout_id text,
        expires_at timestamptz,
        -- Counts the attempts to open a session that have ended, well or not.
        revision int not null default 0,
        -- Who opens one now, so that nobody else does, and until when the others leave it to a process that may die.
        opened_by text,
        lease_until timestamptz,
        -- Why the last attempt failed: { code, retryAfter }. Null after a success, and where another buyer may fare better.
        failure jsonb,
        changed_at timestamptz not null default now(),
        primary key (organization_id, choice),
        check ((checkout_id is null) = (expires_at is null)),
        check ((opened_by is null) = (lease_until is null))
      )`,

      // Counts of the present minute, written with every call to the provider. They need not survive a crash, so that no commit has to
      // wait for the disk.
      `create unlogged table polar_billing.rate_limits (
        -- What is counted: calls to the provider, by a hash of the token, or what one organization does, by its id.
        key text primary key,
        points bigint not null,
        -- When the next minute begins: milliseconds since 1970.
        expire bigint not null
      )`,

      // Counts what browsers are told of. One row for an organization, so that its lock makes the order of commits the order of
      // revisions: whoever knows a revision knows all before it.
      `create table polar_billing.changes (
        organization_id text primary key,
        status_revision bigint not null default 0,
        usage_revision bigint not null default 0
      )`,
    ],
  },
  {
    version: 2,
    name: 'leases',
    statements: [
      // What only one process may do at a time, such as changing the subscription of one organization, and until when the others leave
      // it to a process that may die.
      `create table polar_billing.leases (
        key text primary key,
        holder text not null,
        lease_until timestamptz not null
      )`,
    ],
  },
]
