import * as z from "zod/mini";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { parseQuery } from "./respond.ts";

const providerSchema = z.object({
  provider: z.enum(providerIds, { error: "Name openai, google or anthropic." }),
});

/** The provider that an address names. Throws `AppError("invalid_input")`. */
export function providerOf(params: { provider: string }): ProviderId {
  return parseQuery(providerSchema, params).provider;
}
