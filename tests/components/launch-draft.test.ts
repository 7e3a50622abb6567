import { describe, expect, it } from "vitest";
import { keptPromptBytes, parseDraft, serialiseDraft } from "#components/launch/draft-storage.ts";
import {
  editLaunchDraft,
  emptyLaunchDraft,
  type LaunchDraft,
  type LaunchDraftAction,
} from "#components/launch/launch-draft.ts";
import { launchLimits } from "#lib/domain/job-set.ts";
import { launchSettings } from "./launch-settings.ts";

const settings = launchSettings();
const edited = (...actions: LaunchDraftAction[]) =>
  actions.reduce(editLaunchDraft, emptyLaunchDraft(settings));
const providersOf = (draft: LaunchDraft) => draft.lanes.map((lane) => lane.provider);

describe("the draft of a launch", () => {
  it("starts with one lane a configured provider", () => {
    expect(providersOf(emptyLaunchDraft(settings))).toEqual(["openai", "google", "anthropic"]);
    expect(providersOf(emptyLaunchDraft({ ...settings, configuredProviders: ["google"] }))).toEqual([
      "google",
    ]);
    expect(emptyLaunchDraft({ ...settings, configuredProviders: [] }).lanes).toEqual([]);
  });

  it("gives a new lane a provider that has none, and the sizes of the last lane", () => {
    const draft = edited(
      { type: "removeLane", index: 1 },
      { type: "lane", index: 1, change: { jobCount: "25" } },
      { type: "addLane", settings },
    );
    expect(providersOf(draft)).toEqual(["openai", "anthropic", "google"]);
    expect(draft.lanes[2]).toMatchObject({ jobCount: "25", model: settings.defaultModels.google });
  });

  it("never gives two lanes the same key", () => {
    const draft = edited(
      { type: "copyLane", index: 0 },
      { type: "removeLane", index: 0 },
      { type: "addLane", settings },
      { type: "copyLane", index: 2 },
    );
    expect(new Set(draft.lanes.map((lane) => lane.key)).size).toBe(draft.lanes.length);
  });

  it("has at most the lanes that a set can have", () => {
    const draft = edited(
      ...Array.from({ length: 40 }, (): LaunchDraftAction => ({ type: "addLane", settings })),
    );
    expect(draft.lanes).toHaveLength(launchLimits.lanesPerSet);
  });
});

describe("a draft kept over a reload", () => {
  const bytes = new TextEncoder().encode("\uFEFFprompt\nWhat is a quay? é\n");
  const file = { name: "own.csv", sizeBytes: bytes.byteLength, bytes, column: "prompt" };

  it("comes back as it was, own prompts byte for byte", () => {
    const draft = edited(
      { type: "name", name: "Friday" },
      { type: "lane", index: 0, change: { jobCount: "not a number" } },
      { type: "promptKind", promptKind: "file" },
      { type: "file", file },
    );
    const kept = parseDraft(serialiseDraft(draft));
    expect(kept).toEqual(draft);
    expect(Array.from(kept?.file?.bytes ?? [])).toEqual(Array.from(bytes));
  });

  it("asks for a file again that is too large to keep, and keeps all else", () => {
    const large = { ...file, bytes: new Uint8Array(keptPromptBytes + 1).fill(97) };
    const kept = parseDraft(
      serialiseDraft(edited({ type: "notes", notes: "why" }, { type: "file", file: large })),
    );
    expect(kept).toMatchObject({ notes: "why", file: { name: "own.csv", bytes: null } });
  });

  it("is forgotten when it is damaged or of another version", () => {
    expect(parseDraft("{")).toBeNull();
    expect(parseDraft('{"lanes":[{"provider":"unheard-of"}]}')).toBeNull();
  });
});
