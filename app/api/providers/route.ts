import { readProviderHealth } from "#lib/engine/read-provider-health.ts";
import { getContext } from "#lib/server-context.ts";
import { respond } from "../respond.ts";

/** How every provider answers at present. */
export function GET(): Promise<Response> {
  return respond(async () => readProviderHealth(await getContext()));
}
