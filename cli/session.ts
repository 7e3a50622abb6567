import type { Clock } from "#lib/domain/clock.ts";
import type { LaneParameters } from "#lib/domain/lane-parameters.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import type { DashboardClient } from "./dashboard-client.ts";
import type { GivenFlags } from "./flags.ts";
import type { Output } from "./output.ts";
import type { ReportFile } from "./report-file.ts";
import type { StopRequest } from "./stop-request.ts";

/** What one run of the command has to do its actions with. */
export type Session = {
  flags: GivenFlags;
  /** The report files named by `--state_file` and by plain arguments, as the user wrote them. */
  stateFiles: string[];
  /** The folder that the user stands in: where files are read and written. */
  directory: string;
  clock: Clock;
  output: Output;
  stop: StopRequest;
  concurrency: number;
  maxOutputTokens: number;
  /** What every request of a job to create carries beside its prompt. */
  parameters: LaneParameters;
  /** The provider, straight or through a dashboard. Throws `UsageError` when none is named or its key is missing. */
  provider(): BatchProvider;
  modelOf(provider: ProviderId): string;
  /** The dashboard of `--url`; null when the providers are called straight. */
  dashboard: DashboardClient | null;
  /** The report file of this run, made on first use and shared by its actions. */
  reportFile(): ReportFile;
  /** Waits, and ends early and quietly when the user stops the command. */
  pause(seconds: number): Promise<void>;
  /** Waits, whatever the user asks for meanwhile. */
  wait(seconds: number): Promise<void>;
};
