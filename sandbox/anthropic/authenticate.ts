import { accountOf, INVALID_KEY } from "../http/account.ts";
import type { SandboxContext, Services } from "../http/endpoint.ts";
import { anthropicError, invalidRequest } from "./errors.ts";

const VERSIONS = ["2023-01-01", "2023-06-01", "2026-10-21"];

export interface Caller {
  readonly account: string;
  /** The dialect that the call speaks. */
  readonly version: string;
  readonly betas: readonly string[];
}

/** The account of the call's key, in either header that carries one, and the version it asks for. */
export function authenticate(services: Services, context: SandboxContext): Caller {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(context.req.header("authorization") ?? "")?.[1];
  const key = context.req.header("x-api-key") || bearer;
  if (key === undefined || key === "") {
    throw anthropicError(401, "authentication_error", "x-api-key header is required");
  }
  if (key === INVALID_KEY) throw anthropicError(401, "authentication_error", "API key is invalid.");
  const version = context.req.header("anthropic-version");
  if (version === undefined || version === "") throw invalidRequest("anthropic-version: header is required");
  if (!VERSIONS.includes(version)) {
    throw invalidRequest(`anthropic-version: "${version}" is not a valid version`);
  }
  const account = accountOf(key);
  services.world.meet("anthropic", account);
  const betas = (context.req.header("anthropic-beta") ?? "").split(",").map((beta) => beta.trim());
  return { account, version, betas: betas.filter((beta) => beta !== "") };
}
