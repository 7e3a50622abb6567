import { createHash } from "node:crypto";

/** The one key that every provider refuses. */
export const INVALID_KEY = "invalid";

/** What is kept of a key: enough to tell accounts apart, too little to use. */
export function accountOf(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 16);
}
