import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { POST as openArchive } from "#app/api/v1/archives/route.ts";
import { GET as exportJobSet } from "#app/api/v1/job-sets/[jobSetId]/archive/route.ts";
import { GET as getModels } from "#app/api/v1/models/route.ts";
import { GET as getOpenApi } from "#app/api/v1/openapi.json/route.ts";
import { GET as getJob } from "#app/api/v1/jobs/[jobId]/route.ts";
import { GET as getResults } from "#app/api/v1/jobs/[jobId]/results/route.ts";
import { POST as cancelJobs } from "#app/api/v1/jobs/cancel/route.ts";
import { POST as checkJobs } from "#app/api/v1/jobs/check/route.ts";
import { GET as listJobs } from "#app/api/v1/jobs/route.ts";
import { POST as launchJobSet } from "#app/api/v1/job-sets/route.ts";
import { GET as exportReports, POST as importReports } from "#app/api/v1/reports/route.ts";
import { composeContext } from "#lib/compose-context.ts";
import { readConfig } from "#lib/config.ts";
import type { AppContext } from "#lib/context.ts";
import { startEngine } from "#lib/engine/engine.ts";

/** `id` is what stands in the path at the place of the parameter. */
type Handler = (request: Request, id: string) => Response | Promise<Response>;

const routes: { method: string; path: RegExp; handle: Handler }[] = [
  { method: "GET", path: /^\/openapi\.json$/, handle: () => getOpenApi() },
  { method: "POST", path: /^\/job-sets$/, handle: (request) => launchJobSet(request) },
  { method: "GET", path: /^\/jobs$/, handle: (request) => listJobs(request) },
  { method: "POST", path: /^\/jobs\/check$/, handle: (request) => checkJobs(request) },
  { method: "POST", path: /^\/jobs\/cancel$/, handle: (request) => cancelJobs(request) },
  {
    method: "GET",
    path: /^\/jobs\/([^/]+)$/,
    handle: (request, jobId) => getJob(request, { params: Promise.resolve({ jobId }) }),
  },
  {
    method: "GET",
    path: /^\/jobs\/([^/]+)\/results$/,
    handle: (request, jobId) => getResults(request, { params: Promise.resolve({ jobId }) }),
  },
  {
    method: "GET",
    path: /^\/job-sets\/([^/]+)\/archive$/,
    handle: (request, id) => exportJobSet(request, { params: Promise.resolve({ jobSetId: id }) }),
  },
  { method: "POST", path: /^\/archives$/, handle: (request) => openArchive(request) },
  { method: "GET", path: /^\/models$/, handle: (request) => getModels(request) },
  { method: "GET", path: /^\/reports$/, handle: (request) => exportReports(request) },
  { method: "POST", path: /^\/reports$/, handle: (request) => importReports(request) },
];

/** Method and path of every route that the server below has, as the OpenAPI document writes them; parameters as `{}`. */
export const servedOperations = routes
  .map(
    ({ method, path: pattern }) =>
      `${method} ${pattern.source.replaceAll(/[\\^$]/g, "").replace("([/]+)", "{}")}`,
  )
  .filter((operation) => !operation.endsWith("openapi.json"));

export type DashboardServer = { url: string; context: AppContext; close(): Promise<void> };

/** The product with its engine, its embedded sandbox and the HTTP API, as it runs behind the pages. */
export async function startDashboardServer(): Promise<DashboardServer> {
  const directory = mkdtempSync(path.join(tmpdir(), "batchmark-dashboard-"));
  const { context, close } = await composeContext(
    readConfig({
      BATCHMARK_DATA_DIR: directory,
      BATCHMARK_SANDBOX: "1",
      BATCHMARK_SANDBOX_SCENARIO: "instant",
      BATCHMARK_LOG_LEVEL: "silent",
    }),
  );
  const engine = await startEngine(context);
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    context,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await engine.stop(5);
      await close();
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host}`);
  const local = url.pathname.replace("/api/v1", "");
  const route = routes.find(({ method, path: pattern }) => method === incoming.method && pattern.test(local));
  if (!route) return void outgoing.writeHead(404).end();
  const hasBody = incoming.method === "POST";
  const request = new Request(url, {
    method: incoming.method,
    headers: { host: incoming.headers.host ?? "", origin: incoming.headers.origin ?? url.origin },
    // A stream of Node is one of the web by another name of its type.
    ...(hasBody
      ? { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: "half" as const }
      : {}),
  });
  const id = route.path.exec(local)?.[1] ?? "";
  const reply = await route.handle(request, id);
  outgoing.writeHead(reply.status, Object.fromEntries(reply.headers));
  if (reply.body) for await (const chunk of reply.body) outgoing.write(chunk);
  outgoing.end();
}
