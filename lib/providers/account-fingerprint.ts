import { createHash } from "node:crypto";

/**
 * The first 12 hex digits of SHA-256 over key and base URL: tells accounts apart in the database without revealing the key.
 * The base URL takes part because the same words sent to another server are another account (the sandbox above all).
 */
export function accountFingerprint(apiKey: string, baseUrl: string | null): string {
  return createHash("sha256")
    .update(JSON.stringify([apiKey, baseUrl]))
    .digest("hex")
    .slice(0, 12);
}
