import { defaultTimeOutHours, launchLimits } from "#lib/domain/launch-limits.ts";
import type { JobTask } from "#lib/domain/job-values.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { StartingPoint } from "#lib/domain/recipe.ts";
import { noParameters, parameterDraftOf, type ParameterDraft } from "./parameter-draft.ts";

/** What the page needs to know about the server's configuration; never a key. */
export type LaunchSettings = {
  /** Providers that a job can be sent to now. */
  configuredProviders: ProviderId[];
  defaultModels: Record<ProviderId, string>;
  maxOutputTokens: number;
  usesSandbox: boolean;
  builtInPrompts: { count: number; preview: string[]; meanLength: number };
};

/** A lane as typed: numbers stay text until the form is checked, so that nothing a user typed is changed or lost. */
export type LaneDraft = {
  /** Stable while the lane is on the page, for React. */
  key: string;
  provider: ProviderId;
  model: string;
  task: JobTask;
  jobCount: string;
  requestsPerJob: string;
  maxOutputTokens: string;
  parameters: ParameterDraft;
};

export const promptKinds = ["builtIn", "paste", "file"] as const;
export type PromptKind = (typeof promptKinds)[number];

export type PromptFile = {
  name: string;
  sizeBytes: number;
  /** Null after a reload when the browser could not keep the file: it must be chosen again. */
  bytes: Uint8Array | null;
  /** The column or key the user chose; null leaves the choice to the reader. */
  column: string | null;
};

export type LaunchDraft = {
  name: string;
  notes: string;
  timeOutHours: string;
  lanes: LaneDraft[];
  promptKind: PromptKind;
  pastedText: string;
  file: PromptFile | null;
  /** A text with `{variables}` around the user's own prompts; empty when they are sent as they are. */
  template: string;
};

export type LaunchDraftAction =
  | { type: "name"; name: string }
  | { type: "notes"; notes: string }
  | { type: "timeOutHours"; timeOutHours: string }
  | { type: "lane"; index: number; change: Partial<Omit<LaneDraft, "key">> }
  | { type: "addLane"; settings: LaunchSettings }
  | { type: "copyLane"; index: number }
  | { type: "removeLane"; index: number }
  | { type: "promptKind"; promptKind: PromptKind }
  | { type: "pastedText"; pastedText: string }
  | { type: "file"; file: PromptFile | null }
  | { type: "column"; column: string }
  | { type: "template"; template: string }
  | { type: "replace"; draft: LaunchDraft };

const defaultJobCount = "10";
const defaultRequestsPerJob = "10";

/** One lane a configured provider, with its default model, and the built-in prompts. */
export function emptyLaunchDraft(settings: LaunchSettings): LaunchDraft {
  return {
    name: "",
    notes: "",
    timeOutHours: String(defaultTimeOutHours),
    lanes: settings.configuredProviders.map((provider, index) =>
      newLane(`lane-${index + 1}`, provider, settings),
    ),
    promptKind: "builtIn",
    pastedText: "",
    file: null,
    template: "",
  };
}

/** What a recipe or an earlier job set asks for, as a draft; `ownPrompts` are the prompts it keeps, if any. */
export function draftFrom(
  start: Pick<StartingPoint, "name" | "notes" | "timeOutHours" | "lanes">,
  ownPrompts: PromptFile | null,
): LaunchDraft {
  return {
    name: start.name,
    notes: start.notes,
    timeOutHours: String(start.timeOutHours),
    lanes: start.lanes.map((lane, index) => ({
      key: `lane-${index + 1}`,
      provider: lane.provider,
      model: lane.model,
      task: lane.task,
      jobCount: String(lane.jobCount),
      requestsPerJob: String(lane.requestsPerJob),
      maxOutputTokens: String(lane.maxOutputTokens),
      parameters: parameterDraftOf(lane.parameters),
    })),
    promptKind: ownPrompts ? "file" : "builtIn",
    pastedText: "",
    file: ownPrompts,
    template: "",
  };
}

/** The draft after one edit. */
export function editLaunchDraft(draft: LaunchDraft, action: LaunchDraftAction): LaunchDraft {
  switch (action.type) {
    case "name":
      return { ...draft, name: action.name };
    case "notes":
      return { ...draft, notes: action.notes };
    case "timeOutHours":
      return { ...draft, timeOutHours: action.timeOutHours };
    case "lane":
      return {
        ...draft,
        lanes: draft.lanes.map((lane, index) =>
          index === action.index ? { ...lane, ...action.change } : lane,
        ),
      };
    case "addLane":
      return addLane(draft, action.settings);
    case "copyLane":
      return copyLane(draft, action.index);
    case "removeLane":
      return { ...draft, lanes: draft.lanes.filter((_, index) => index !== action.index) };
    case "promptKind":
      return { ...draft, promptKind: action.promptKind };
    case "pastedText":
      return { ...draft, pastedText: action.pastedText };
    case "file":
      return { ...draft, file: action.file };
    case "column":
      return draft.file ? { ...draft, file: { ...draft.file, column: action.column } } : draft;
    case "template":
      return { ...draft, template: action.template };
    case "replace":
      return action.draft;
  }
}

function newLane(key: string, provider: ProviderId, settings: LaunchSettings): LaneDraft {
  return {
    key,
    provider,
    model: settings.defaultModels[provider],
    task: "text",
    jobCount: defaultJobCount,
    requestsPerJob: defaultRequestsPerJob,
    maxOutputTokens: String(settings.maxOutputTokens),
    parameters: noParameters,
  };
}

/**
 * The new lane takes a provider that has none yet, and sizes and parameters of the last lane, so that lanes stay
 * comparable; fields that another provider spells in its own way are left out.
 */
function addLane(draft: LaunchDraft, settings: LaunchSettings): LaunchDraft {
  if (draft.lanes.length >= launchLimits.lanesPerSet) return draft;
  const unused = settings.configuredProviders.find((id) => !draft.lanes.some((lane) => lane.provider === id));
  const last = draft.lanes.at(-1);
  const provider = unused ?? last?.provider ?? settings.configuredProviders[0] ?? "openai";
  const lane = newLane(nextKey(draft), provider, settings);
  const sizes = last && {
    jobCount: last.jobCount,
    requestsPerJob: last.requestsPerJob,
    maxOutputTokens: last.maxOutputTokens,
    parameters: last.provider === provider ? last.parameters : { ...last.parameters, extra: "" },
  };
  return { ...draft, lanes: [...draft.lanes, { ...lane, ...sizes }] };
}

function copyLane(draft: LaunchDraft, index: number): LaunchDraft {
  const lane = draft.lanes[index];
  if (!lane || draft.lanes.length >= launchLimits.lanesPerSet) return draft;
  return { ...draft, lanes: draft.lanes.toSpliced(index + 1, 0, { ...lane, key: nextKey(draft) }) };
}

function nextKey(draft: LaunchDraft): string {
  const used = draft.lanes.map((lane) => Number(lane.key.slice("lane-".length)));
  return `lane-${Math.max(0, ...used) + 1}`;
}
