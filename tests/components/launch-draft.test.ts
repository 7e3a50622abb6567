import { describe, expect, it } from "vitest";
import {
  keptPromptBytes,
  largePromptsOf,
  parseDraft,
  serialiseDraft,
} from "#components/launch/draft-storage.ts";
import {
  editLaunchDraft,
  emptyLaunchDraft,
  type LaunchDraft,
  type LaunchDraftAction,
} from "#components/launch/launch-draft.ts";
import { launchLimits } from "#lib/domain/launch-limits.ts";
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
    const kept = parseDraft(serialiseDraft(draft))?.draft;
    expect(kept).toEqual(draft);
    expect(largePromptsOf(draft)).toEqual({ pastedText: null, file: null });
    expect(Array.from(kept?.file?.bytes ?? [])).toEqual(Array.from(bytes));
  });

  it("has prompts apart that are too large for its text, or are no text", () => {
    const large = { ...file, bytes: new Uint8Array(keptPromptBytes + 1).fill(97) };
    const pastedText = "a".repeat(keptPromptBytes + 1);
    const draft = edited(
      { type: "notes", notes: "why" },
      { type: "pastedText", pastedText },
      { type: "file", file: large },
    );
    expect(parseDraft(serialiseDraft(draft))).toMatchObject({
      isPasteApart: true,
      draft: { notes: "why", pastedText: "", file: { name: "own.csv", bytes: null } },
    });
    expect(largePromptsOf(draft)).toEqual({ pastedText, file: { name: "own.csv", bytes: large.bytes } });
    const utf16 = { ...file, bytes: new Uint8Array([0xff, 0xfe, 0x61, 0x00]) };
    expect(largePromptsOf(edited({ type: "file", file: utf16 })).file?.bytes).toBe(utf16.bytes);
  });

  it("of an earlier version has no parameters yet", () => {
    const { lanes, ...rest } = JSON.parse(serialiseDraft(edited())) as LaunchDraft;
    const older = lanes.map(({ parameters: _parameters, task: _task, ...lane }) => lane);
    expect(parseDraft(JSON.stringify({ ...rest, lanes: older }))?.draft).toEqual(edited());
  });

  it("is forgotten when it is damaged or of another version", () => {
    expect(parseDraft("{")).toBeNull();
    expect(parseDraft('{"lanes":[{"provider":"unheard-of"}]}')).toBeNull();
  });
});
