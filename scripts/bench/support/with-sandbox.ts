import path from "node:path";
import { composeContext } from "#lib/compose-context.ts";
import { readConfig } from "#lib/config.ts";
import type { AppContext } from "#lib/context.ts";
import { z } from "zod";
import type { SandboxReply, SandboxTask } from "./sandbox-process.ts";
import { startWorkerProcess } from "./worker-process.ts";

/** What every call to a provider costs, as over the internet. */
export const latencyMs = 50;
/** The key of all three accounts. */
export const apiKey = "benchmark";

export type SandboxAtWork = {
  /** The product as it is composed for a web server: PGlite, queue, storage and adapters; the engine is not started. */
  context: AppContext;
  /** Calls to the providers since this was asked for last. */
  takeCallCount(): Promise<number>;
  /** A POST to the sandbox's own API. */
  control(resource: string, body: unknown): Promise<unknown>;
};

const logSchema = z.object({ calls: z.array(z.object({ calls: z.number() })) });

/** Runs `work` with a sandbox in a process of its own, as the providers are on other machines too. */
export async function withSandbox<Result>(
  directory: string,
  work: (sandbox: SandboxAtWork) => Promise<Result>,
): Promise<Result> {
  const server = startWorkerProcess<SandboxTask, SandboxReply>(
    new URL("./sandbox-process.ts", import.meta.url),
  );
  try {
    const urls = await server.ask({ stateDir: path.join(directory, "sandbox"), latencyMs });
    const controlUrl = `${new URL(urls.openai).origin}/__sandbox`;
    const { context, close } = await composeContext(
      readConfig({
        BATCHMARK_DATA_DIR: path.join(directory, "data"),
        BATCHMARK_LOG_LEVEL: "error",
        OPENAI_API_KEY: apiKey,
        OPENAI_BASE_URL: urls.openai,
        GOOGLE_API_KEY: apiKey,
        GOOGLE_GEMINI_BASE_URL: urls.google,
        ANTHROPIC_API_KEY: apiKey,
        ANTHROPIC_BASE_URL: urls.anthropic,
      }),
    );
    try {
      return await work({
        context,
        async takeCallCount() {
          const log = logSchema.parse(await (await fetch(`${controlUrl}/log`)).json());
          await fetch(`${controlUrl}/log`, { method: "DELETE" });
          return log.calls.reduce((sum, { calls }) => sum + calls, 0);
        },
        async control(resource, body) {
          const response = await fetch(`${controlUrl}/${resource}`, {
            method: "POST",
            body: JSON.stringify(body),
          });
          if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
          return response.json();
        },
      });
    } finally {
      await close();
    }
  } finally {
    await server.stop();
  }
}
