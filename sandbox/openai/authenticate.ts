import { accountOf, INVALID_KEY } from "../http/account.ts";
import type { SandboxContext, Services } from "../http/endpoint.ts";
import { openAiError } from "./errors.ts";

/** The account of the call's bearer key; 401 without one or with the key that is always refused. */
export function authenticate(services: Services, context: SandboxContext): string {
  const header = context.req.header("authorization") ?? "";
  const key = /^Bearer\s+(\S+)\s*$/i.exec(header)?.[1];
  if (key === undefined) throw openAiError(401, "Missing bearer or basic authentication in header");
  if (key === INVALID_KEY) {
    const message =
      "Incorrect API key provided: invalid. You can find your API key at https://platform.openai.com/account/api-keys.";
    throw openAiError(401, message, { code: "invalid_api_key" });
  }
  const account = accountOf(key);
  services.world.meet("openai", account);
  return account;
}
