import * as z from "zod/mini";
import { AppError, messageOf, type AppErrorCode } from "#lib/domain/errors.ts";
import { publicFailureSchema } from "#lib/domain/public-api.ts";
import { UsageError } from "./usage-error.ts";

/** Longest wait for the beginning of an answer. */
const timeoutMs = 60_000;
/** The same where a file is sent first. */
const uploadTimeoutMs = 30 * 60_000;

/** The HTTP API of a running dashboard. Every call rejects with `AppError` only, in the dashboard's own words. */
export type DashboardClient = {
  url: string;
  get<Result>(path: string, query: Record<string, string>, schema: z.core.$ZodType<Result>): Promise<Result>;
  post<Result>(path: string, body: unknown, schema: z.core.$ZodType<Result>): Promise<Result>;
  /** Sends a file as it is read. */
  send<Result>(
    path: string,
    bytes: AsyncIterable<Uint8Array>,
    schema: z.core.$ZodType<Result>,
  ): Promise<Result>;
  /** The bytes of a download. */
  read(path: string): AsyncIterable<Uint8Array>;
};

/** Throws `UsageError` when the text is no address. */
export function createDashboardClient(text: string): DashboardClient {
  const url = readUrl(text);
  const call = (path: string, init: RequestInit & { duplex?: "half" }, limitMs = timeoutMs) =>
    callDashboard(url, path, init, limitMs);
  return {
    url,
    get: async (path, query, schema) =>
      z.parse(schema, await (await call(`${path}${queryString(query)}`, {})).json()),
    post: async (path, body, schema) =>
      z.parse(
        schema,
        await (
          await call(path, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(body),
          })
        ).json(),
      ),
    send: async (path, bytes, schema) =>
      z.parse(
        schema,
        await (
          await call(
            path,
            {
              method: "POST",
              headers: { "content-type": "application/x-ndjson" },
              // Node's fetch takes any async iterable of bytes as a body; the DOM's types know only some of them.
              body: bytes as unknown as ReadableStream<Uint8Array>,
              duplex: "half",
            },
            uploadTimeoutMs,
          )
        ).json(),
      ),
    async *read(path) {
      const { body } = await call(path, {});
      if (body) yield* body;
    },
  };
}

function readUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new UsageError(`--url is not an address: "${text}". Write for example http://127.0.0.1:3000.`);
  }
  return text.replace(/\/+$/, "");
}

function queryString(query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString();
  return text === "" ? "" : `?${text}`;
}

async function callDashboard(
  url: string,
  path: string,
  init: RequestInit,
  limitMs: number,
): Promise<Response> {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new Error(`no answer within ${limitMs / 1000} s`)),
    limitMs,
  );
  let response: Response;
  try {
    response = await fetch(`${url}/api/v1${path}`, { ...init, redirect: "error", signal: controller.signal });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new AppError(
      "provider",
      `No dashboard answers at ${url}: ${messageOf(cause)}. Start it with npm start, or leave out --url.`,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok) throw await failureOf(url, response);
  return response;
}

async function failureOf(url: string, response: Response): Promise<AppError> {
  const parsed = publicFailureSchema.safeParse(await response.json().catch(() => null));
  if (!parsed.success) {
    return new AppError("provider", `${url} answered ${response.status}. Is it a Batchmark dashboard?`);
  }
  const { code, message, problems } = parsed.data;
  return new AppError(codeOf(code), message, { problems });
}

const codes: readonly AppErrorCode[] = [
  "not_found",
  "invalid_input",
  "conflict",
  "limit",
  "forbidden",
  "provider",
  "internal",
];

function codeOf(code: string): AppErrorCode {
  return codes.find((known) => known === code) ?? "internal";
}
