import { Hono, type Context } from "hono";
import { z } from "zod";
import type { HttpBindings } from "@hono/node-server";
import type { SandboxContext, Services } from "../http/endpoint.ts";
import { faultSchema } from "../http/faults.ts";
import { originOf } from "../http/request.ts";
import type { BatchRecord } from "../world/model.ts";
import { batchRequestSchema, makeBatches, UnreachableState } from "./make-batch.ts";

const LOCAL_NAMES: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);
const MAX_LISTED = 10_000;

const listSchema = z.object({
  provider: z.string().optional(),
  origin: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LISTED).default(1_000),
  offset: z.coerce.number().int().min(0).default(0),
});

/** The sandbox's own API, for tests and for people: health, faults, calls, batches, clock. */
export function controlApp(services: Services): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(async (context, next) => {
    // A page of another site must not be able to switch faults on in somebody's sandbox.
    const origin = context.req.header("origin");
    if (origin !== undefined && origin !== originOf(context)) return problem(context, 403, "foreign origin");
    // Nor one whose name has been pointed at this machine.
    const { hostname } = new URL(context.req.url);
    if (services.isLocal && !LOCAL_NAMES.has(hostname))
      return problem(context, 403, `foreign host: ${hostname}`);
    await next();
  });
  app.get("/health", (context) => {
    const { world } = services;
    return context.json({ status: "ok", scenario: world.scenario, seed: world.seed, now: iso(world.now()) });
  });
  app.get("/log", (context) => context.json({ calls: services.log.list() }));
  app.delete("/log", (context) => {
    services.log.clear();
    return context.json({ cleared: true });
  });
  addFaultRoutes(app, services);
  addBatchRoutes(app, services);
  app.post("/clock", async (context) => {
    const parsed = z
      .strictObject({ advanceSeconds: z.number().positive() })
      .safeParse(await readJson(context));
    if (!parsed.success) return problem(context, 400, z.prettifyError(parsed.error));
    services.world.advanceClock(parsed.data.advanceSeconds * 1_000);
    return context.json({ now: iso(services.world.now()) });
  });
  app.all("*", (context) => problem(context, 404, `no such path: ${context.req.path}`));
  return app;
}

function addFaultRoutes(app: Hono<{ Bindings: HttpBindings }>, { faults }: Services): void {
  app.get("/faults", (context) => context.json({ faults: faults.list() }));
  app.post("/faults", async (context) => {
    const parsed = faultSchema.safeParse(await readJson(context));
    if (!parsed.success) return problem(context, 400, z.prettifyError(parsed.error));
    return context.json(faults.add(parsed.data));
  });
  app.delete("/faults", (context) => context.json({ cleared: faults.clear() }));
  app.delete("/faults/:id", (context) => {
    const cleared = faults.clear(context.req.param("id"));
    return cleared === 0 ? problem(context, 404, "no such fault") : context.json({ cleared });
  });
}

function addBatchRoutes(app: Hono<{ Bindings: HttpBindings }>, services: Services): void {
  app.get("/batches", (context) => {
    const query = listSchema.safeParse(context.req.query());
    if (!query.success) return problem(context, 400, z.prettifyError(query.error));
    const { provider, origin, limit, offset } = query.data;
    const wanted = [...services.world.allBatches()]
      .filter((batch) => provider === undefined || batch.provider === provider)
      .filter((batch) => origin === undefined || batch.origin === origin)
      .sort((left, right) => right.createdAtMs - left.createdAtMs);
    const batches = wanted.slice(offset, offset + limit).map((batch) => describe(services, batch));
    return context.json({ total: wanted.length, batches });
  });
  app.post("/batches", async (context) => {
    const parsed = batchRequestSchema.safeParse(await readJson(context));
    if (!parsed.success) return problem(context, 400, z.prettifyError(parsed.error));
    try {
      const made = makeBatches(services.world, parsed.data);
      const [first] = made;
      return parsed.data.count === undefined && first !== undefined
        ? context.json(describe(services, first))
        : context.json({ made: made.length, ids: made.map(publicId) });
    } catch (error) {
      if (!(error instanceof UnreachableState)) throw error;
      return problem(context, 400, error.message);
    }
  });
}

/** A batch in words that are the same for every provider. */
function describe(services: Services, batch: BatchRecord): unknown {
  const moment = services.world.moment(batch);
  return {
    provider: batch.provider,
    id: publicId(batch),
    account: batch.account,
    createdBy: batch.origin,
    state: moment.phase,
    requests: batch.summary?.requests ?? null,
    doneRequests: moment.doneRequests,
    model: batch.summary?.model ?? batch.model,
    inputFileId: batch.inputFileId,
    displayName: batch.displayName,
    metadata: batch.metadata,
    createdAt: iso(batch.createdAtMs),
    startedAt: iso(moment.startedAtMs),
    endedAt: iso(moment.endedAtMs),
    cancelledAt: iso(batch.cancelledAtMs),
    deletedAt: iso(batch.deletedAtMs),
    plan: batch.plan,
  };
}

/** The id by which clients ask for a batch. */
function publicId(batch: BatchRecord): string {
  return batch.provider === "google" ? `batches/${batch.id}` : batch.id;
}

function iso(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}

async function readJson(context: SandboxContext): Promise<unknown> {
  try {
    return await context.req.json();
  } catch {
    return undefined;
  }
}

function problem(context: Context, status: 400 | 403 | 404, message: string): Response {
  return context.json({ error: message }, status);
}
