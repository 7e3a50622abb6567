import { accountOf, INVALID_KEY } from "../http/account.ts";
import type { SandboxContext, Services } from "../http/endpoint.ts";
import { invalidKey, missingKey } from "./errors.ts";

/** The account of the call's key, from the header or the query. */
export function authenticate(services: Services, context: SandboxContext): string {
  const key = context.req.header("x-goog-api-key") || context.req.query("key");
  if (key === undefined || key === "") throw missingKey();
  if (key === INVALID_KEY) throw invalidKey();
  const account = accountOf(key);
  services.world.meet("google", account);
  return account;
}
