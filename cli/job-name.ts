import { createId } from "#lib/domain/ids.ts";

/** A new name under which a job can be found at its provider again. */
export function newJobName(): string {
  return createId("job");
}

/** Whether a job at a provider carries a name of Batchmark's making. Anthropic keeps no names: there it is never known. */
export function isOwnJobName(name: string | null): boolean {
  return name !== null && /^job_[0-9a-hjkmnp-tv-z]{16}$/.test(name);
}
