import { describe, expect, it } from "vitest";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import type { BatchProvider, CallOptions } from "#lib/providers/provider.ts";
import { providerJob } from "../factories/provider-job.ts";
import {
  collect,
  createProvider,
  providerErrorOf,
  providerSettings,
  serve,
  submitInput,
  temporaryDirectory,
} from "./support.ts";

/** An ended batch whose results are at the given server. */
function endedJob(id: ProviderId, baseUrl: string) {
  const raw: Record<ProviderId, unknown> = {
    openai: { id: "batch_1", status: "completed", output_file_id: "file-1" },
    google: { name: "batches/1", metadata: { state: "BATCH_STATE_SUCCEEDED" } },
    anthropic: { id: "b1", processing_status: "ended", results_url: `${baseUrl}/results` },
  };
  return providerJob.completed({ provider: id, raw: raw[id] });
}

type Verb = (provider: BatchProvider, baseUrl: string, options?: CallOptions) => Promise<unknown>;

const verbs: Record<string, Verb> = {
  submit: (provider, _baseUrl, options) => provider.submit(submitInput(2), options),
  get: (provider, _baseUrl, options) => provider.get("b1", options),
  list: (provider, _baseUrl, options) => collect(provider.list({ since: new Date(0) }, options)),
  cancel: (provider, _baseUrl, options) => provider.cancel("b1", options),
  remove: (provider, _baseUrl, options) => provider.remove("b1", options),
  results: (provider, baseUrl, options) => collect(provider.results(endedJob(provider.id, baseUrl), options)),
  rawResults: (provider, baseUrl, options) =>
    collect(provider.rawResults(endedJob(provider.id, baseUrl), options)),
  models: (provider, _baseUrl, options) => provider.models(options),
};

/** Anthropic keeps no files, so that there is no call that could stay without an answer. */
const fileVerbs: Record<string, Verb> = {
  listFiles: (provider, _baseUrl, options) => collect(provider.listFiles(options)),
  deleteFile: (provider, _baseUrl, options) => provider.deleteFile("files/f1", options),
};

describe.each(providerIds)("a server of %s that takes calls and never answers", (id) => {
  describe.each(Object.entries(id === "anthropic" ? verbs : { ...verbs, ...fileVerbs }))(
    "%s",
    (_name, call) => {
      it("is given up after the time-out", async () => {
        const baseUrl = await serve((request) => void request.resume());
        const spoolDirectory = await temporaryDirectory();
        const provider = createProvider[id](providerSettings({ baseUrl, spoolDirectory, timeoutMs: 30 }));
        const error = await providerErrorOf(call(provider, baseUrl));
        expect(error).toMatchObject({ kind: "unreachable", isRetryable: true });
        expect(error.message).toContain("no answer within");
      });

      it("ends at once when the caller aborts, and closes the connection", async () => {
        const controller = new AbortController();
        const closed = Promise.withResolvers<void>();
        const baseUrl = await serve((request) => {
          request.resume();
          request.socket.once("close", () => closed.resolve());
          controller.abort();
        });
        const spoolDirectory = await temporaryDirectory();
        const provider = createProvider[id](providerSettings({ baseUrl, spoolDirectory }));
        const error = await providerErrorOf(call(provider, baseUrl, { signal: controller.signal }));
        expect(error.kind).toBe("aborted");
        await expect(closed.promise).resolves.toBeUndefined();
      });
    },
  );
});
