const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

export type IdPrefix = "set" | "lane" | "job" | "recipe";

/** A prefixed random id such as `job_4r9c1t0zk2m8w7ya`: 80 random bits, lower case, safe in URLs, file names and `custom_id`s. */
export function createId(prefix: IdPrefix): string {
  return `${prefix}_${randomToken(16)}`;
}

/** `length` random characters of a 32-letter alphabet without look-alikes (no i, l, o, u). */
export function randomToken(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => alphabet.charAt(byte % alphabet.length)).join("");
}

/** `<nonce>-<index>`: proves which of our jobs a result belongs to, even when the answer to its creation was lost. */
export function customIdOf(nonce: string, requestIndex: number): string {
  return `${nonce}-${requestIndex}`;
}

/** The request index (from 0) inside a custom id of this nonce; null when the id is somebody else's or malformed. */
export function requestIndexOf(customId: string, nonce: string): number | null {
  const prefix = `${nonce}-`;
  if (!customId.startsWith(prefix)) return null;
  const digits = customId.slice(prefix.length);
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}
