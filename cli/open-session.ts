import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readConfig, readUserDirectory, type Config } from "#lib/config.ts";
import { systemClock } from "#lib/domain/clock.ts";
import { AppError, messageOf } from "#lib/domain/errors.ts";
import { isProviderId, providerIds, providerKeyVariables, type ProviderId } from "#lib/domain/provider-id.ts";
import { accountFingerprint } from "#lib/providers/account-fingerprint.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import { createProviderRegistry } from "#lib/providers/registry.ts";
import { checkRequirements } from "./check-requirements.ts";
import { createDashboardClient } from "./dashboard-client.ts";
import { createDashboardProvider } from "./dashboard-provider.ts";
import { actions as knownActions, tasks, type Action, type GivenFlags } from "./flags.ts";
import { loadEnvironmentFiles } from "./load-environment.ts";
import type { Output } from "./output.ts";
import type { ParsedArguments } from "./parse-flags.ts";
import { readParameters } from "./read-parameters.ts";
import { appendReportFile, createReportFile, type ReportFile } from "./report-file.ts";
import type { Session } from "./session.ts";
import type { StopRequest } from "./stop-request.ts";
import { UsageError } from "./usage-error.ts";

const defaultConcurrency = 16;

/** The folder that this program is installed in; `npm run` changes into it. */
const programDirectory = fileURLToPath(new URL("..", import.meta.url));

/** Checks what can be checked before anything is done. Throws `UsageError` that says what is wrong. */
export function openSession(
  { flags, files }: ParsedArguments,
  surroundings: { output: Output; stop: StopRequest; temporaryDirectory: string },
): { session: Session; actions: Action[] } {
  const { output, stop, temporaryDirectory } = surroundings;
  const actions = readActions(flags);
  const stateFiles = [...(flags.state_file ?? []), ...files];
  checkRequirements(actions, flags, stateFiles);
  checkTask(flags, output);
  const directory = readUserDirectory(programDirectory);
  loadEnvironmentFiles([directory, process.cwd()]);
  const config = readUsableConfig();
  const providerId = readProvider(flags, actions);
  const dashboard = flags.url === undefined ? null : createDashboardClient(flags.url);
  const maxOutputTokens = flags.max_tokens ?? config.maxOutputTokens;
  const parameters = readParameters(flags.parameters, providerId, maxOutputTokens);
  let provider: BatchProvider | null = null;
  let reportFile: ReportFile | null = null;
  const session: Session = {
    flags,
    stateFiles,
    directory,
    clock: systemClock,
    output,
    stop,
    concurrency: flags.concurrency ?? defaultConcurrency,
    maxOutputTokens,
    parameters,
    dashboard,
    provider() {
      if (providerId === null) throw missingProvider(actions.join(", "));
      provider ??= dashboard
        ? createDashboardProvider(dashboard, providerId)
        : openProvider(config, providerId, temporaryDirectory);
      return provider;
    },
    modelOf: (id) => flags.model ?? config.defaultModels[id],
    reportFile() {
      reportFile ??= flags.output_file
        ? appendReportFile(path.resolve(directory, flags.output_file))
        : createReportFile(directory, providerId ?? "batchmark", systemClock.now());
      return reportFile;
    },
    async pause(seconds) {
      await delay(seconds * 1000, undefined, { signal: stop.signal }).catch(() => undefined);
    },
    wait: (seconds) => delay(seconds * 1000),
  };
  // A missing key is told before anything is done, whichever action needs it.
  if (providerId !== null && actions.some((action) => action !== "summary")) session.provider();
  return { session, actions };
}

function readActions(flags: GivenFlags): Action[] {
  const given = flags.action ?? [];
  if (given.length === 0) throw new UsageError("Name at least one --action.");
  return given.map((name) => {
    const action = knownActions.find((known) => known === name);
    if (!action)
      throw new UsageError(`There is no action "${name}". It is one of ${knownActions.join(", ")}.`);
    return action;
  });
}

function checkTask(flags: GivenFlags, output: Output): void {
  if (flags.task !== undefined && !tasks.some((task) => task === flags.task)) {
    throw new UsageError(
      `--task ${flags.task} is not supported. Batchmark creates jobs of ${tasks.join(", ")}.`,
    );
  }
  if (flags.vertex_ai_gcs_input_bucket_name || flags.vertex_ai_gcs_output_bucket_name) {
    output.note("The bucket names are not used: none of the providers here needs a bucket.");
  }
}

function readProvider(flags: GivenFlags, actions: Action[]): ProviderId | null {
  if (flags.provider === undefined) {
    const needing = actions.find((action) => action !== "summary");
    if (needing) throw missingProvider(needing);
    return null;
  }
  if (!isProviderId(flags.provider)) {
    throw new UsageError(`There is no provider "${flags.provider}". It is one of ${providerIds.join(", ")}.`);
  }
  return flags.provider;
}

function missingProvider(action: string): UsageError {
  return new UsageError(`Name the --provider for ${action}: ${providerIds.join(", ")}.`);
}

function readUsableConfig(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (error instanceof AppError) throw new UsageError(messageOf(error));
    throw error;
  }
}

function openProvider(config: Config, id: ProviderId, temporaryDirectory: string): BatchProvider {
  const credential = config.credentials[id];
  if (!credential) {
    throw new UsageError(
      `No key is set: put it into the environment variable ${providerKeyVariables[id]}, or into .env in this folder.`,
    );
  }
  const settings = {
    ...credential,
    account: accountFingerprint(credential.apiKey, credential.baseUrl),
    spoolDirectory: path.join(temporaryDirectory, "spool"),
    clock: systemClock,
  };
  return createProviderRegistry({ [id]: settings }).get(id);
}
