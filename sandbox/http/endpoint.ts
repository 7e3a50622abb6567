import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { ProviderName } from "../world/model.ts";
import type { World } from "../world/world.ts";
import type { CallLog } from "./call-log.ts";
import type { Fault, Faults } from "./faults.ts";
import { trickled, truncated } from "./streams.ts";
import { WireError, type Trouble } from "./wire-error.ts";

export type SandboxContext = Context<{ Bindings: HttpBindings }>;

/** What every route needs. */
export interface Services {
  readonly world: World;
  readonly faults: Faults;
  readonly log: CallLog;
  readonly latencyMs: number;
  /** Whether only this machine can reach the sandbox. */
  readonly isLocal: boolean;
}

/** A call whose answer is ready, as far as its headers depend on it. */
export interface AnsweredCall {
  readonly number: number;
  readonly endpoint: string;
  readonly status: number;
  /** By the clock that the provider shows. */
  readonly nowMs: number;
}

/** The manners of one provider: headers on every answer, envelopes for trouble. */
export interface Manners {
  readonly provider: ProviderName;
  readonly trouble: (trouble: Trouble, retryAfterSeconds: number | null) => WireError;
  readonly headers: (call: AnsweredCall) => Readonly<Record<string, string>>;
  /** Whether JSON is sent compressed to clients that can read it. */
  readonly compressesJson: boolean;
  readonly renderError: (error: WireError, headers: Headers, callNumber: number) => Response;
}

export type Handler = (context: SandboxContext) => Response | Promise<Response>;

const BAD_GATEWAY_HTML =
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n" +
  "<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n";

/**
 * Turns a handler into a route: counts the call, lets the switched-on faults strike before and after it, and
 * words every error as the provider does.
 */
export function endpoint(services: Services, manners: Manners, name: string, handler: Handler): Handler {
  return async (context) => {
    const number = services.log.nextNumber();
    const call = { services, manners, name, number, context };
    const response = await struck(call, () => answer(call, handler));
    const retries = Number(context.req.header("x-stainless-retry-count") ?? 0);
    const dropped = response === RESPONSE_ALREADY_SENT;
    services.log.note(manners.provider, name, dropped ? 0 : response.status, retries);
    if (dropped) return response;
    const nowMs = services.world.now() + services.faults.clockOffsetMs(manners.provider);
    const answered = { number, endpoint: name, status: response.status, nowMs };
    for (const [key, value] of Object.entries(manners.headers(answered))) {
      if (!response.headers.has(key)) response.headers.set(key, value);
    }
    response.headers.set("date", new Date(nowMs).toUTCString());
    return response;
  };
}

interface Call {
  readonly services: Services;
  readonly manners: Manners;
  readonly name: string;
  readonly number: number;
  readonly context: SandboxContext;
}

async function answer({ context, manners, number }: Call, handler: Handler): Promise<Response> {
  try {
    return await handler(context);
  } catch (error) {
    // An error that no provider would give is a defect of the sandbox: say so on its own terminal. A client that
    // hangs up in the middle of a body is none.
    const isDefect = !(error instanceof WireError) && !context.env.outgoing.destroyed;
    if (isDefect) process.stderr.write(`sandbox: ${String(error)}\n`);
    const wire = error instanceof WireError ? error : manners.trouble("server-error", null);
    return manners.renderError(wire, new Headers(wire.headers), number);
  }
}

async function struck(
  { services, manners, name, number, context }: Call,
  process: () => Promise<Response>,
): Promise<Response> {
  const { faults } = services;
  const strike = (kinds: readonly Fault["kind"][]) => faults.strike(manners.provider, name, kinds);
  const slow = strike(["slow"]);
  const waitMs = services.latencyMs + (slow === null ? 0 : (slow.seconds ?? 5) * 1_000);
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  if (strike(["close-before"]) !== null) return drop(context);
  const refusal = strike(REFUSALS);
  if (refusal !== null) return refuse(refusal, manners, number);
  const response = compressed(await process(), manners, context);
  if (strike(["close-after"]) !== null) return drop(context);
  const lost = strike(["error-after"]);
  if (lost !== null) return refuse(lost, manners, number);
  return damaged(response, strike, DOWNLOADS.has(name) ? context : null);
}

const REFUSALS = [
  "rate-limit",
  "rate-limit-without-hint",
  "server-error",
  "bad-gateway-html",
  "unavailable",
  "overloaded",
] as const;

function refuse(fault: Fault, manners: Manners, number: number): Response {
  if (fault.kind === "bad-gateway-html") {
    return new Response(BAD_GATEWAY_HTML, { status: 502, headers: { "content-type": "text/html" } });
  }
  const error =
    fault.kind === "rate-limit"
      ? manners.trouble("rate-limit", fault.seconds ?? 1)
      : manners.trouble(troubleOf(fault.kind), null);
  return manners.renderError(error, new Headers(error.headers), number);
}

/** Endpoints that answer with a file. */
const DOWNLOADS: ReadonlySet<string> = new Set(["files.content", "files.download", "batches.results"]);

function troubleOf(kind: Fault["kind"]): Trouble {
  if (kind === "unavailable" || kind === "overloaded") return kind;
  return kind === "rate-limit-without-hint" ? "rate-limit" : "server-error";
}

/** JSON goes out compressed where the provider does so; result files never do. */
function compressed(response: Response, manners: Manners, context: SandboxContext): Response {
  const accepts = /\bgzip\b/i.test(context.req.header("accept-encoding") ?? "");
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  if (!manners.compressesJson || !accepts || !isJson || response.body === null) return response;
  const body = response.body.pipeThrough(new CompressionStream("gzip"));
  const zipped = new Response(body, response);
  zipped.headers.set("content-encoding", "gzip");
  return zipped;
}

function damaged(
  response: Response,
  strike: (kinds: readonly Fault["kind"][]) => Fault | null,
  download: SandboxContext | null,
): Response {
  if (!response.ok || response.body === null) return response;
  const cut = download === null ? null : strike(["truncate"]);
  const trickle = strike(["trickle"]);
  let body: ReadableStream<Uint8Array> = response.body;
  if (cut !== null) body = truncated(body, cut.bytes ?? 1_000, () => download?.env.outgoing.destroy());
  if (trickle !== null) body = trickled(body, trickle.bytes ?? 1_000);
  return cut === null && trickle === null ? response : new Response(asBody(body), response);
}

function asBody(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  // Every chunk comes from a TextEncoder, a file or a response body; none of them shares its memory.
  return stream as ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** Ends the connection without an answer. */
function drop(context: SandboxContext): Response {
  context.env.outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}
