import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { providerIds } from "#lib/domain/provider-id.ts";
import type { CreateCall } from "#lib/providers/provider.ts";
import { jobInput, openSandboxWorld, type SandboxWorld } from "./sandbox-world.ts";

let stateDirectory: string;
let world: SandboxWorld;

beforeAll(async () => {
  stateDirectory = await mkdtemp(path.join(tmpdir(), "batchmark-before-create-"));
  world = await openSandboxWorld(stateDirectory);
});
afterAll(async () => {
  await world?.close();
  await rm(stateDirectory, { recursive: true, force: true });
});

const takesFile = { openai: true, google: true, anthropic: false };
const uploads = { openai: "files.create", google: "files.upload", anthropic: "batches.create" };

describe.each(providerIds)("before %s creates a batch", (id) => {
  it("asks once, when everything else is done", async () => {
    const provider = await world.provider(id);
    const created = await world.callCount(id, "batches.create");
    const asked: CreateCall[] = [];
    await provider.submit({
      ...jobInput(id, ["Why?"]),
      async beforeCreate(call) {
        asked.push(call);
        expect(await world.callCount(id, "batches.create")).toBe(created);
        if (takesFile[id]) expect(await world.callCount(id, uploads[id])).toBeGreaterThan(0);
      },
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.inputFile === null).toBe(!takesFile[id]);
    expect(asked[0]?.timeoutMs).toBeLessThanOrEqual(31_000);
    expect(await world.callCount(id, "batches.create")).toBe(created + 1);
  });

  it("makes no batch and leaves no file when the answer is no", async () => {
    const provider = await world.provider(id);
    const created = await world.callCount(id, "batches.create");
    const deleted = await world.callCount(id, "files.delete");
    const refusal = new Error("Somebody else has it.");
    await expect(
      provider.submit({ ...jobInput(id, ["Why?"]), beforeCreate: () => Promise.reject(refusal) }),
    ).rejects.toBe(refusal);
    expect(await world.callCount(id, "batches.create")).toBe(created);
    expect((await world.callCount(id, "files.delete")) - deleted).toBe(takesFile[id] ? 1 : 0);
  });

  it("can be kept from it by discarding its input, more than once", async () => {
    const provider = await world.provider(id);
    let refused: unknown = null;
    const submitted = await provider
      .submit({
        ...jobInput(id, ["Why?"]),
        async beforeCreate({ inputFile }) {
          if (inputFile === null) return;
          await provider.discardInput(inputFile);
          await provider.discardInput(inputFile);
        },
      })
      .catch((error: unknown) => {
        refused = error;
        return null;
      });
    if (!takesFile[id]) return expect(submitted).not.toBeNull();
    // OpenAI takes the batch and fails it; either way nothing is processed.
    if (submitted === null) return expect(refused).toMatchObject({ isRetryable: false });
    world.advance(60);
    const seen = await provider.get(submitted.id);
    expect(seen.failure).not.toBeNull();
  });
});
