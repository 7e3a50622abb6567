import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { AppContext } from "#lib/context.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { AccountFile, DeleteFilesProgress } from "#lib/domain/account-file.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { adopt } from "#lib/engine/adopt.ts";
import { deleteAccountFiles } from "#lib/engine/delete-account-files.ts";
import { launch } from "#lib/engine/launch.ts";
import { listAccountFiles } from "#lib/engine/list-account-files.ts";
import { prune } from "#lib/engine/prune.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { testModels, useEngineWorld } from "#tests/setup/engine-world.ts";
import { submitInput } from "../providers/support.ts";
import { replaceProvider } from "#tests/setup/replace-provider.ts";

const world = useEngineWorld();

async function runJobs(provider: ProviderId, jobCount = 1): Promise<void> {
  await launch(world.context, {
    lanes: [{ provider, model: testModels[provider], jobCount, requestsPerJob: 2 }],
    prompts: { kind: "builtIn" },
  });
  await world.queue.drain(world.context);
}

async function filesOf(
  provider: ProviderId,
  limit?: number,
): Promise<{ files: AccountFile[]; isCut: boolean }> {
  const files: AccountFile[] = [];
  let isCut = false;
  for await (const chunk of listAccountFiles(world.context, { provider, limit })) {
    files.push(...chunk.files);
    isCut = chunk.isCut;
  }
  return { files, isCut };
}

async function deleteFiles(
  provider: ProviderId,
  fileIds: string[],
  context: AppContext = world.context,
): Promise<DeleteFilesProgress> {
  const deletedIds: string[] = [];
  let last: DeleteFilesProgress = { deletedIds, keptCount: 0, failures: [] };
  for await (const progress of deleteAccountFiles(context, { provider, fileIds })) {
    deletedIds.push(...progress.deletedIds);
    last = progress;
  }
  return { ...last, deletedIds };
}

async function onlyJob() {
  const [job] = await world.readJobs();
  if (!job) throw new Error("There is no job.");
  return job;
}

/** Uploads requests that no job refers to: the batch that they were for is never created. */
async function upload(jobName: string): Promise<void> {
  const lost = new ProviderError("Lost.", { provider: "openai", kind: "unreachable", isRetryable: true });
  const input = submitInput(1, {
    jobName,
    model: testModels.openai,
    beforeCreate: () => Promise.reject(lost),
  });
  await expect(world.context.providers.get("openai").submit(input)).rejects.toBe(lost);
}

describe("the files of an account", () => {
  it("are those of our jobs, with what is not ours named as such", async () => {
    await runJobs("openai");
    await upload("somebody-elses");
    const job = await onlyJob();
    await upload(job.id);
    const { files, isCut } = await filesOf("openai");
    expect(isCut).toBe(false);
    expect(files.map(({ purpose, state, jobId }) => [purpose, state, jobId]).sort()).toEqual([
      ["batch", "deletable", job.id],
      ["batch", "foreign", null],
      ["batch", "named", job.id],
      ["batch_output", "deletable", job.id],
    ]);
    for (const file of files) {
      expect(file.sizeBytes).toBeGreaterThan(0);
      expect(file.createdAt).toBeInstanceOf(Date);
      expect(Number(file.expiresAt)).toBeGreaterThan(Number(file.createdAt));
    }
  });

  it("are the uploaded requests at Google, and none at Anthropic", async () => {
    await runJobs("google");
    await runJobs("anthropic");
    expect((await filesOf("google")).files.map(({ state }) => state)).toEqual(["deletable"]);
    expect(await filesOf("anthropic")).toEqual({ files: [], isCut: false });
    expect(world.context.providers.get("anthropic").capabilities.fileFields).toEqual([]);
  });

  it("are needed while their job runs, and when its results are not here", async () => {
    await launch(world.context, {
      lanes: [{ provider: "openai", model: testModels.openai, jobCount: 1, requestsPerJob: 2 }],
      prompts: { kind: "builtIn" },
    });
    await world.queue.step(world.context);
    const states = async () => (await filesOf("openai")).files.map(({ state }) => state);
    expect(await states()).toEqual(["running"]);
    await world.queue.drain(world.context);
    expect(await states()).toEqual(["deletable", "deletable"]);
    await prune(world.context, { subject: "results", olderThanDays: 0, jobSetId: null });
    expect(await states()).toEqual(["uncollected", "uncollected"]);
  });

  it("of jobs that were launched elsewhere are never deletable", async () => {
    await world.makeBatch({ provider: "openai", state: "completed", ageSeconds: 600 });
    for await (const _ of adopt(world.context, { provider: "openai", hours: 36, providerJobIds: null }));
    await world.queue.drain(world.context);
    const { files } = await filesOf("openai");
    expect(files.length).toBeGreaterThan(0);
    expect(new Set(files.map(({ state }) => state))).toEqual(new Set(["adopted"]));
    const summary = await deleteFiles(
      "openai",
      files.map(({ fileId }) => fileId),
    );
    expect(summary).toEqual({ deletedIds: [], keptCount: files.length, failures: [] });
  });

  it("are listed up to a limit, which is said", async () => {
    await runJobs("openai", 2);
    expect(await filesOf("openai", 3)).toMatchObject({ files: { length: 3 }, isCut: true });
    expect(await filesOf("openai", 4)).toMatchObject({ files: { length: 4 }, isCut: false });
  });
});

describe("deleting files", () => {
  it("takes those of ended jobs and leaves our results, whatever else was named", async () => {
    await runJobs("openai", 2);
    await upload("somebody-elses");
    const { files } = await filesOf("openai");
    const deletable = files.filter(({ state }) => state === "deletable").map(({ fileId }) => fileId);
    expect(deletable).toHaveLength(4);

    const summary = await deleteFiles("openai", [...files.map(({ fileId }) => fileId), "file-unknown"]);
    expect(summary.deletedIds.sort()).toEqual(deletable.sort());
    expect(summary).toMatchObject({ keptCount: 2, failures: [] });
    expect((await filesOf("openai")).files.map(({ name }) => name)).toEqual(["somebody-elses.jsonl"]);
    for (const job of await world.readJobs()) {
      expect(await world.context.storage.sizeBytes(rawResultsKey(job.id))).toBe(job.collected?.sizeBytes);
    }
  });

  it("is noted at a job when its result files are gone, and not when only its requests are", async () => {
    await runJobs("openai");
    const { files } = await filesOf("openai");
    const isResult = (file: AccountFile) => file.purpose === "batch_output";
    const idsOf = (some: AccountFile[]) => some.map(({ fileId }) => fileId);
    await deleteFiles("openai", idsOf(files.filter((file) => !isResult(file))));
    expect((await onlyJob()).observed.removedAtProviderAt).toBeNull();
    await deleteFiles("openai", idsOf(files.filter(isResult)));
    expect((await onlyJob()).observed.removedAtProviderAt).toEqual(world.clock.now());
  });

  it("is not noted at a job of which another result file stays", async () => {
    await runJobs("openai");
    const job = await onlyJob();
    const [row] = await world.context.db.select({ raw: jobs.raw }).from(jobs);
    const raw = { ...(row?.raw as object), error_file_id: "file-errors" };
    await world.context.db.update(jobs).set({ raw }).where(eq(jobs.id, job.id));
    const { files } = await filesOf("openai");
    await deleteFiles(
      "openai",
      files.map(({ fileId }) => fileId),
    );
    expect((await onlyJob()).observed.removedAtProviderAt).toBeNull();
  });

  it("leaves a job as it is at Google, where results live with their batch", async () => {
    await runJobs("google");
    const { files } = await filesOf("google");
    const { deletedIds } = await deleteFiles(
      "google",
      files.map(({ fileId }) => fileId),
    );
    expect(deletedIds).toHaveLength(1);
    expect((await onlyJob()).observed.removedAtProviderAt).toBeNull();
  });

  it("judges again: a job that runs on since the listing keeps its files", async () => {
    await runJobs("google");
    const { files } = await filesOf("google");
    const job = await onlyJob();
    await world.context.db.update(jobs).set({ step: "collect" }).where(eq(jobs.id, job.id));
    const fileIds = files.map(({ fileId }) => fileId);
    expect(await deleteFiles("google", fileIds)).toEqual({ deletedIds: [], keptCount: 1, failures: [] });
    expect((await filesOf("google")).files).toHaveLength(1);
  });

  it("keeps the files of a job whose stored results have gone missing", async () => {
    await runJobs("openai");
    const { files } = await filesOf("openai");
    await world.context.storage.remove(rawResultsKey((await onlyJob()).id));
    const summary = await deleteFiles(
      "openai",
      files.map(({ fileId }) => fileId),
    );
    expect(summary).toEqual({ deletedIds: [], keptCount: 2, failures: [] });
  });

  it("leaves a provider in peace that refuses everything, and says why once", async () => {
    await runJobs("openai", 6);
    const { files } = await filesOf("openai");
    let calls = 0;
    const refusing = replaceProvider(world.context, "openai", () => ({
      deleteFile: () => {
        calls += 1;
        return Promise.reject(
          new ProviderError("OpenAI is away.", { provider: "openai", kind: "server", isRetryable: true }),
        );
      },
    }));
    const summary = await deleteFiles(
      "openai",
      files.map(({ fileId }) => fileId),
      refusing,
    );
    expect(summary).toEqual({
      deletedIds: [],
      keptCount: 0,
      failures: [{ message: "OpenAI is away.", count: 12 }],
    });
    expect(calls).toBe(4);
  });

  it("stops when the caller goes away", async () => {
    await runJobs("openai", 3);
    const { files } = await filesOf("openai");
    const controller = new AbortController();
    const real = world.context.providers.get("openai");
    const stopping = replaceProvider(world.context, "openai", () => ({
      deleteFile: async (fileId: string) => {
        await real.deleteFile(fileId);
        controller.abort();
      },
    }));
    const fileIds = files.map(({ fileId }) => fileId);
    const seen: string[] = [];
    for await (const { deletedIds } of deleteAccountFiles(
      stopping,
      { provider: "openai", fileIds },
      controller.signal,
    )) {
      seen.push(...deletedIds);
    }
    expect(seen).toHaveLength(4);
    expect((await filesOf("openai")).files).toHaveLength(2);
  });
});
