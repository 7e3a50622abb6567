import type { Server } from "node:http";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { anthropicApp, anthropicDialect } from "./anthropic/app.ts";
import { controlApp } from "./control/app.ts";
import { googleApp, googleDialect } from "./google/app.ts";
import { CallLog } from "./http/call-log.ts";
import type { Services } from "./http/endpoint.ts";
import { CHAOS_FAULTS, Faults } from "./http/faults.ts";
import { openAiApp, openAiDialect } from "./openai/app.ts";
import type { Scenario } from "./world/model.ts";
import { lockStateDir } from "./world/state-dir.ts";
import { World } from "./world/world.ts";

export interface SandboxOptions {
  /** 0 or nothing: any free port. */
  readonly port?: number;
  /** 127.0.0.1 unless told otherwise. */
  readonly host?: string;
  readonly scenario: Scenario;
  /** Everything that is made up is drawn from it. */
  readonly seed: number;
  /** Journal and files; made if missing. One sandbox at a time. */
  readonly stateDir: string;
  /** Milliseconds since 1970; the system's clock unless given. */
  readonly now?: () => number;
  /** Added to every call. */
  readonly latencyMs?: number;
}

export interface Sandbox {
  /** Base URLs for the official clients. */
  readonly urls: { readonly openai: string; readonly google: string; readonly anthropic: string };
  close(): Promise<void>;
}

/** Starts the three provider APIs on one port; resolves when they answer. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const unlock = await lockStateDir(options.stateDir);
  try {
    return await serve(options, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * Node's own 5 s are less than a busy machine may take between two calls of one client: a connection that is closed at
 * the moment it is used again loses the call. Less than the 60 s that Node gives the headers of a request.
 */
const idleConnectionMs = 55_000;

async function serve(options: SandboxOptions, unlock: () => void): Promise<Sandbox> {
  const { scenario, seed, stateDir, now = Date.now, host = "127.0.0.1" } = options;
  const dialects = { openai: openAiDialect, google: googleDialect, anthropic: anthropicDialect };
  const world = new World({ stateDir, seed, scenario, now, dialects });
  const faults = new Faults(seed);
  if (scenario === "chaos") for (const fault of CHAOS_FAULTS) faults.add(fault);
  const services: Services = {
    world,
    faults,
    log: new CallLog(),
    latencyMs: options.latencyMs ?? 0,
    isLocal: ["127.0.0.1", "localhost", "::1"].includes(host),
  };
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route("/openai", openAiApp(services));
  app.route("/google", googleApp(services));
  app.route("/anthropic", anthropicApp(services));
  app.route("/__sandbox", controlApp(services));
  // The global Request and Response belong to whoever embeds the sandbox. Without TLS options, what the
  // adaptor makes is a plain HTTP server.
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  server.keepAliveTimeout = idleConnectionMs;
  const port = await listen(server, host, options.port ?? 0);
  const origin = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  return {
    urls: { openai: `${origin}/openai/v1`, google: `${origin}/google`, anthropic: `${origin}/anthropic` },
    close: async () => {
      await stopListening(server);
      await world.close();
      unlock();
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
