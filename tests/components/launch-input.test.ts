import { describe, expect, it } from "vitest";
import { emptyLaunchDraft, type LaneDraft } from "#components/launch/launch-draft.ts";
import {
  checkLaunchInput,
  findFormProblems,
  findPromptProblem,
} from "#components/launch/check-launch-input.ts";
import { pageFieldOf, placeOf, readTypedNumber } from "#components/launch/launch-input.ts";
import { launchLabel } from "#components/launch/launch-summary.tsx";
import { estimateInputTokens, sumLanes } from "#components/launch/launch-totals.ts";
import { launchSettings } from "./launch-settings.ts";

const settings = launchSettings();

function draftWith(change: Partial<LaneDraft>, index = 0) {
  const draft = emptyLaunchDraft(settings);
  return { ...draft, lanes: draft.lanes.map((lane, at) => (at === index ? { ...lane, ...change } : lane)) };
}

const fieldsOf = (change: Partial<LaneDraft>, index?: number) =>
  findFormProblems(draftWith(change, index), settings.configuredProviders).map((problem) => problem.field);

describe("numbers as typed", () => {
  it.each([
    ["10", 10],
    [" 1,000 ", 1_000],
    ["10 000", 10_000],
    ["-3", -3],
    ["2.5", 2.5],
    ["", Number.NaN],
    ["ten", Number.NaN],
    ["1e6", Number.NaN],
    ["1,2", Number.NaN],
  ])("reads %j as %d", (text, value) => {
    expect(readTypedNumber(text)).toBe(value);
  });
});

describe("checking a launch before it is sent", () => {
  it("finds nothing wrong with the lanes it starts with", () => {
    const draft = emptyLaunchDraft(settings);
    expect(findFormProblems(draft, settings.configuredProviders)).toEqual([]);
    expect(checkLaunchInput(draft, null)).toMatchObject({ prompts: { kind: "builtIn" } });
  });

  it.each(["0", "1000000", "", "2.5", "-1", "many"])(
    "puts a problem at the number of jobs for %j",
    (jobCount) => {
      expect(fieldsOf({ jobCount }, 1)).toContain("lanes.1.jobCount");
    },
  );

  it("puts a problem at the model of a lane without one", () => {
    expect(fieldsOf({ model: "  " }, 2)).toEqual(["lanes.2.model"]);
  });

  it("says which variable is missing for a provider without a key", () => {
    const [problem] = findFormProblems(emptyLaunchDraft(settings), ["google", "anthropic"]);
    expect(problem).toMatchObject({ field: "lanes.0.provider" });
    expect(problem?.message).toContain("OPENAI_API_KEY");
  });

  it("names one problem a field, in the order of the page", () => {
    const draft = draftWith({ jobCount: "0" }, 2);
    const problems = findFormProblems(
      {
        ...draft,
        name: "x".repeat(500),
        lanes: draft.lanes.map((lane, at) => (at ? lane : { ...lane, model: "" })),
      },
      settings.configuredProviders,
    );
    expect(problems.map((problem) => problem.field)).toEqual(["lanes.0.model", "lanes.2.jobCount", "name"]);
  });

  it("asks for a lane when there is none, and for a prompt when there is none", () => {
    const draft = { ...emptyLaunchDraft(settings), lanes: [] };
    expect(findFormProblems(draft, settings.configuredProviders)).toEqual([
      { field: "lanes", message: "Add at least one lane." },
    ]);
    expect(findPromptProblem([])?.field).toBe("prompts");
    expect(findPromptProblem(["Why?"])).toBeNull();
  });

  it("leads every problem with prompts to the one field that holds them", () => {
    expect(pageFieldOf("prompts.prompts.17")).toBe("prompts");
    expect(pageFieldOf("lanes.0.model")).toBe("lanes.0.model");
    expect(["lanes.0.model", "lanes", "prompts", "name"].map(placeOf)).toEqual([
      "Lane 1",
      "Lanes",
      "Prompts",
      "Name",
    ]);
  });
});

describe("the summary", () => {
  it("says what the button will do", () => {
    expect(launchLabel(sumLanes(emptyLaunchDraft(settings).lanes), 0)).toBe("Launch 30 jobs on 3 providers");
    expect(launchLabel({ jobCount: 1, providers: ["google"] }, 0)).toBe("Launch 1 job on 1 provider");
    expect(launchLabel({ jobCount: 0, providers: [] }, 0)).toBe("Launch");
  });

  it("promises no launch that would be refused", () => {
    expect(launchLabel({ jobCount: 20, providers: ["google"] }, 1)).toBe("Fix 1 problem to launch");
    expect(launchLabel({ jobCount: 20, providers: ["google"] }, 2)).toBe("Fix 2 problems to launch");
  });

  it("leaves out a lane that cannot be read and says so", () => {
    const totals = sumLanes(draftWith({ jobCount: "many" }).lanes);
    expect(totals).toMatchObject({ jobCount: 20, requestCount: 200, isIncomplete: true });
    expect(totals.providers).toEqual(["google", "anthropic"]);
  });

  it("estimates tokens no more exactly than it can", () => {
    expect(estimateInputTokens({ requestCount: 300, systemPromptLength: 0 }, 92)).toBe(6_900);
    expect(estimateInputTokens({ requestCount: 300, systemPromptLength: 12_400 }, 92)).toBe(10_000);
    expect(estimateInputTokens({ requestCount: 0, systemPromptLength: 0 }, 92)).toBe(0);
  });
});
