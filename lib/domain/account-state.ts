import * as z from "zod/mini";
import { providerIds } from "./provider-id.ts";

/** Why an account does not answer as it should. */
export const accountTroubles = [
  "key_refused",
  "rate_limited",
  "quota_used_up",
  "unreachable",
  "failing",
] as const;
export type AccountTrouble = (typeof accountTroubles)[number];

const moment = z.coerce.date();

/** How an account of a provider answers at the moment. `trouble` is null while it answers. */
export const accountStateSchema = z.object({
  provider: z.enum(providerIds),
  /** Fingerprint of the credential. */
  account: z.string(),
  trouble: z.nullable(z.enum(accountTroubles)),
  /** Failures in a row. */
  failureCount: z.int(),
  /** No call is made before this; null when calls are made. */
  pausedUntil: z.nullable(moment),
  /** The latest error in its own words, also after the trouble is over; null when there never was one. */
  lastError: z.nullable(z.string()),
  lastErrorAt: z.nullable(moment),
  troubleSince: z.nullable(moment),
  recoveredAt: z.nullable(moment),
});
export type AccountState = z.infer<typeof accountStateSchema>;
