import path from "node:path";
import { pino } from "pino";
import { startSandbox, type Sandbox } from "#sandbox/server.ts";
import type { Config } from "#lib/config.ts";
import type { AppContext } from "#lib/context.ts";
import { createLiveEvents } from "#lib/db/live-events.ts";
import { openDatabase } from "#lib/db/open-database.ts";
import { systemClock, type Clock } from "#lib/domain/clock.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { randomToken } from "#lib/domain/ids.ts";
import { openQueue } from "#lib/engine/queue.ts";
import { SubmissionGate } from "#lib/engine/submission-gate.ts";
import { accountFingerprint } from "#lib/providers/account-fingerprint.ts";
import { createProviderRegistry } from "#lib/providers/registry.ts";
import type { ProviderSettings } from "#lib/providers/settings.ts";
import { createSimulationCheck } from "#lib/providers/simulation-check.ts";
import { createLocalStorage } from "#lib/storage/local-storage.ts";
import type { Storage } from "#lib/storage/storage.ts";

export type ComposedContext = {
  context: AppContext;
  /** Closes the queue's neighbours: database and embedded sandbox. Stop the engine first. */
  close(): Promise<void>;
};

const sandboxAccount = "sandbox";

/** Wires one process together. The only place that knows that the embedded sandbox can stand in for the providers. */
export async function composeContext(config: Config, clock: Clock = systemClock): Promise<ComposedContext> {
  const log = pino({ level: config.logLevel });
  const onError = (error: Error) => log.error({ message: error.message }, "background error");
  const database = await openDatabase(config, onError);
  const sandbox = config.usesEmbeddedSandbox ? await startEmbeddedSandbox(config) : null;
  const settings = sandbox ? sandboxSettings(config, sandbox, clock) : keySettings(config, clock);
  const live = createLiveEvents(database);
  const queue = await openQueue(database, onError);
  const context: AppContext = {
    config,
    clock,
    log,
    db: database.db,
    database,
    live,
    providers: createProviderRegistry(settings),
    isSimulated: sandbox ? () => Promise.resolve(true) : createSimulationCheck(settings),
    storage: await openStorage(config),
    queue,
    processId: randomToken(16),
    submissions: new SubmissionGate(),
  };
  return {
    context,
    async close() {
      await queue.stop(1);
      await live.close();
      await database.close();
      await sandbox?.close();
    },
  };
}

async function openStorage({ s3, dataDirectory }: Config): Promise<Storage> {
  if (!s3) return createLocalStorage(path.join(dataDirectory, "storage"));
  // Loaded only where it is used: most installations have no S3.
  const { createS3Storage } = await import("#lib/storage/s3-storage.ts");
  return createS3Storage(s3);
}

function startEmbeddedSandbox(config: Config): Promise<Sandbox> {
  return startSandbox({
    port: 0,
    scenario: config.sandboxScenario,
    seed: config.sandboxSeed,
    stateDir: path.join(config.dataDirectory, "sandbox"),
  });
}

type SettingsByProvider = Partial<Record<ProviderId, ProviderSettings>>;

function sandboxSettings(config: Config, sandbox: Sandbox, clock: Clock): SettingsByProvider {
  const shared = { apiKey: "sandbox", account: sandboxAccount, ...common(config, clock) };
  return {
    openai: { ...shared, baseUrl: sandbox.urls.openai },
    google: { ...shared, baseUrl: sandbox.urls.google },
    anthropic: { ...shared, baseUrl: sandbox.urls.anthropic },
  };
}

function keySettings(config: Config, clock: Clock): SettingsByProvider {
  const settings: SettingsByProvider = {};
  for (const id of providerIds) {
    const credential = config.credentials[id];
    if (!credential) continue;
    settings[id] = {
      ...credential,
      account: accountFingerprint(credential.apiKey, credential.baseUrl),
      ...common(config, clock),
    };
  }
  return settings;
}

function common(config: Config, clock: Clock) {
  return { spoolDirectory: path.join(config.dataDirectory, "spool"), clock };
}
