import { describe, expect, it } from "vitest";
import {
  changeFilesReadings,
  filesOf,
  newFilesReading,
  sizeOfFiles,
} from "#components/providers/account-files-state.ts";
import { describeDeletion, describeFiles } from "#components/providers/account-files-words.ts";
import type { AccountFile } from "#lib/domain/account-file.ts";

function file(fileId: string, change: Partial<AccountFile> = {}): AccountFile {
  return {
    provider: "openai",
    fileId,
    name: `${fileId}.jsonl`,
    purpose: "batch",
    sizeBytes: 1_000_000,
    createdAt: new Date("2026-11-22T12:00:00Z"),
    expiresAt: null,
    state: "deletable",
    jobId: "job_1",
    ...change,
  };
}

const start = [newFilesReading("openai"), newFilesReading("google")];
const listed = (files: AccountFile[], isCut = false) =>
  changeFilesReadings(
    changeFilesReadings(start, { kind: "line", provider: "openai", line: { type: "files", files } }),
    { kind: "line", provider: "openai", line: { type: "end", holdsFiles: true, isCut } },
  );

describe("the files of the accounts", () => {
  it("come piece by piece and go when they are deleted, in their own provider only", () => {
    const readings = listed([file("a"), file("b", { state: "foreign", jobId: null })]);
    expect(readings[1]).toEqual(start[1]);
    const after = changeFilesReadings(readings, {
      kind: "deletionLine",
      provider: "openai",
      line: { type: "progress", deletedIds: ["a"], keptCount: 0, failures: [] },
    });
    expect(filesOf(after, "all").map(({ fileId }) => fileId)).toEqual(["b"]);
    expect(after[0]).toMatchObject({ listing: "done" });
  });

  it("are shown newest first, those without a time last", () => {
    const late = file("late", { createdAt: new Date("2026-11-23T12:00:00Z") });
    const readings = listed([file("unknown", { createdAt: null }), file("early"), late]);
    expect(filesOf(readings, "all").map(({ fileId }) => fileId)).toEqual(["late", "early", "unknown"]);
  });

  it("are told with their number and size, and with what is not known of it", () => {
    const readings = listed([file("a"), file("b", { sizeBytes: null, state: "running" })]);
    expect(sizeOfFiles(filesOf(readings, "all"))).toEqual({ count: 2, sizeBytes: 1_000_000, isExact: false });
    expect(describeFiles(readings[0] ?? newFilesReading("openai"))).toBe(
      "2 files with at least 1 MB. 1 file with 1 MB can be deleted.",
    );
  });

  it("that are more than one listing shows are said to be more", () => {
    expect(describeFiles(listed([file("a")], true)[0] ?? newFilesReading("openai"))).toContain(
      "More than 20,000 are held",
    );
  });

  it("are none at a provider that keeps none, which is no empty list", () => {
    const [reading = newFilesReading("openai")] = changeFilesReadings(start, {
      kind: "line",
      provider: "openai",
      line: { type: "end", holdsFiles: false, isCut: false },
    });
    expect(describeFiles(reading)).toContain("Holds no files");
    expect(describeFiles(listed([])[0] ?? reading)).toBe("No file.");
  });

  it("that broke off keep what had come", () => {
    const [reading = newFilesReading("openai")] = changeFilesReadings(listed([file("a")]), {
      kind: "line",
      provider: "openai",
      line: { type: "failure", message: "OpenAI is away." },
    });
    expect(reading).toMatchObject({
      listing: "failed",
      failure: "OpenAI is away.",
      files: [{ fileId: "a" }],
    });
    expect(describeFiles(reading)).toBe("1 file with 1 MB, then it broke off.");
  });
});

describe("a deletion of files", () => {
  const outcome = { wantedCount: 3, deletedCount: 3, deletedBytes: 3_000_000, keptCount: 0, failures: [] };

  it("that worked is one sentence", () => {
    expect(describeDeletion(outcome)).toEqual({
      isGood: true,
      title: "3 files with 3 MB deleted at the providers.",
      details: undefined,
    });
  });

  it("that did not work for all says how many were kept, failed and left, and why", () => {
    const failures = [{ message: "OpenAI is away.", count: 4 }];
    const partial = { ...outcome, wantedCount: 12, deletedCount: 1, deletedBytes: 0, keptCount: 2, failures };
    expect(describeDeletion(partial)).toEqual({
      isGood: false,
      title:
        "1 file with 0 bytes deleted at the providers. 2 files kept: needed again, or no longer ours to delete. 4 files could not be deleted. 5 files not tried.",
      details: "4 times: OpenAI is away.",
    });
  });
});
