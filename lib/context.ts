import type { Logger } from "pino";
import type { Config } from "#lib/config.ts";
import type { Database, DatabaseHandle } from "#lib/db/client.ts";
import type { LiveEvents } from "#lib/db/live-events.ts";
import type { Clock } from "#lib/domain/clock.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { JobQueue } from "#lib/engine/queue.ts";
import type { SubmissionGate } from "#lib/engine/submission-gate.ts";
import type { ProviderRegistry } from "#lib/providers/registry.ts";
import type { Storage } from "#lib/storage/storage.ts";

/** Everything a verb may use besides its input. Composed once per process; tests compose their own. */
export type AppContext = {
  config: Config;
  clock: Clock;
  log: Logger;
  db: Database;
  database: DatabaseHandle;
  live: LiveEvents;
  providers: ProviderRegistry;
  /** Whether a provider's base URL leads to a sandbox, so that its jobs are labelled and kept apart. */
  isSimulated(provider: ProviderId): Promise<boolean>;
  storage: Storage;
  queue: JobQueue;
  /** Random name of this process, part of the leases that it takes. */
  processId: string;
  submissions: SubmissionGate;
};
