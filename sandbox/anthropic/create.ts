import { ArraySplitter, MalformedJson } from "../http/array-splitter.ts";
import type { SandboxContext, Services } from "../http/endpoint.ts";
import { asArray, asObject, bodyChunks, parseJson } from "../http/request.ts";
import { Spool } from "../http/spool.ts";
import type { BatchRecord } from "../world/model.ts";
import { newBatch } from "../world/new-batch.ts";
import type { Caller } from "./authenticate.ts";
import { anthropicError, invalidRequest } from "./errors.ts";

const MAX_BODY_BYTES = 256 * 1024 * 1024;
const MAX_REQUESTS = 100_000;
const CUSTOM_ID = /^[a-zA-Z0-9_-]{1,64}$/;
const WRITE_BYTES = 1 << 18;
const NEWLINE = Buffer.from("\n");

/** Takes a create call: its requests go to disk one a line while the body arrives. */
export async function createBatch(
  services: Services,
  context: SandboxContext,
  caller: Caller,
): Promise<BatchRecord> {
  const { world } = services;
  const { sequence, key } = world.nextKey("anthropic", caller.account);
  const path = world.pathOf(`anthropic-${caller.account}-${sequence}-${world.now()}`);
  await spoolRequests(context, path);
  const draft = newBatch({
    provider: "anthropic",
    account: caller.account,
    scenario: world.scenario,
    sequence,
    key,
    origin: "api",
    createdAtMs: world.now(),
    input: { kind: "file", path },
    model: null,
  });
  const batch: BatchRecord = { ...draft, apiVersion: caller.version, betas: caller.betas };
  const summary = await world.inputs.read(batch);
  // Reading a large input takes seconds; the batch begins when the caller hears of it.
  const settled = { ...batch, summary, createdAtMs: world.now() };
  world.addBatch(settled);
  return settled;
}

async function spoolRequests(context: SandboxContext, path: string): Promise<void> {
  const spool = new Spool(path);
  try {
    const splitter = new ArraySplitter("requests");
    const checker = new RequestChecker();
    let bytes = 0;
    let held: Buffer[] = [];
    let heldBytes = 0;
    for await (const chunk of bodyChunks(context)) {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) throw tooLarge();
      for (const element of splitter.push(chunk)) {
        checker.check(element);
        held.push(element, NEWLINE);
        heldBytes += element.length + 1;
        if (heldBytes < WRITE_BYTES) continue;
        await spool.write(Buffer.concat(held));
        held = [];
        heldBytes = 0;
      }
    }
    if (heldBytes > 0) await spool.write(Buffer.concat(held));
    checker.conclude(splitter.finish());
    await spool.finish();
  } catch (error) {
    await spool.discard();
    if (error instanceof MalformedJson) {
      throw invalidRequest("The request body is not valid JSON: unexpected character");
    }
    throw error;
  }
}

function tooLarge(): Error {
  return anthropicError(413, "request_too_large", "Request exceeds the maximum size");
}

/** Checks what is checked at creation: the custom ids and their number. The first problem is the one reported. */
class RequestChecker {
  readonly #customIds = new Set<string>();
  #count = 0;
  #problem: string | null = null;

  check(element: Buffer): void {
    const index = this.#count++;
    const value = parseJson(element.toString("utf8"));
    if (value === undefined) throw new MalformedJson("an element is not valid JSON");
    this.#problem ??= this.#problemOf(value, index);
  }

  #problemOf(value: unknown, index: number): string | null {
    const entry = asObject(value);
    const at = `requests.${index}`;
    if (entry === null) return `${at}: Input should be a valid dictionary or object to extract fields from`;
    const customId = entry["custom_id"];
    if (customId === undefined) return `${at}.custom_id: Field required`;
    if (typeof customId !== "string") return `${at}.custom_id: Input should be a valid string`;
    if (customId.length > 64) return `${at}.custom_id: String should have at most 64 characters`;
    if (!CUSTOM_ID.test(customId)) {
      return `${at}.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'`;
    }
    if (entry["params"] === undefined) return `${at}.params: Field required`;
    if (asObject(entry["params"]) === null) return `${at}.params: Input should be a valid dictionary`;
    if (this.#customIds.has(customId)) {
      return `requests: custom_id's must be unique within a batch. Duplicate custom_id found: ${customId}`;
    }
    this.#customIds.add(customId);
    return null;
  }

  conclude(body: unknown): void {
    const fields = asObject(body);
    if (fields === null)
      throw invalidRequest("Input should be a valid dictionary or object to extract fields from");
    const requests = fields["requests"];
    if (requests === undefined) throw invalidRequest("requests: Field required");
    if (asArray(requests) === null) throw invalidRequest("requests: Input should be a valid list");
    if (this.#count === 0) {
      throw invalidRequest("requests: List should have at least 1 item after validation, not 0");
    }
    if (this.#count > MAX_REQUESTS) {
      throw invalidRequest(
        `requests: List should have at most ${MAX_REQUESTS} items after validation, not ${this.#count}`,
      );
    }
    if (this.#problem !== null) throw invalidRequest(this.#problem);
    const extra = Object.keys(fields).find((name) => name !== "requests");
    if (extra !== undefined) throw invalidRequest(`${extra}: Extra inputs are not permitted`);
  }
}
