import * as z from "zod/mini";
import { accountStateSchema } from "./account-state.ts";
import { callStatsSchema } from "./call-stats.ts";
import { providerIds } from "./provider-id.ts";

/** How a provider answers at present; both parts are null for one without a key. */
export const providerHealthSchema = z.object({
  provider: z.enum(providerIds),
  /** What the engine has noted of the account that is in use; null when it never was in trouble. */
  state: z.nullable(accountStateSchema),
  /** What the web server's own process has seen since it started; workers are not in it. */
  calls: z.nullable(callStatsSchema),
});
export type ProviderHealth = z.infer<typeof providerHealthSchema>;
export const providerHealthListSchema = z.array(providerHealthSchema);
