import path from "node:path";
import type { AppContext } from "#lib/context.ts";
import { removeOldFiles } from "#lib/storage/remove-old-files.ts";
import { after } from "./back-off.ts";

/** Nothing is written so slowly: every transfer has a time-out that is shorter. */
const untouchedForSeconds = 6 * 3_600;

/**
 * Takes away the files that killed processes have left: half-written results, and inputs that were being sent. Those of
 * processes that are at work are younger, whichever machine they are on.
 */
export async function tidy({ clock, config, log, storage }: AppContext): Promise<void> {
  const before = after(clock.now(), -untouchedForSeconds);
  const results = await storage.removeLeftovers(before);
  const inputs = await removeOldFiles(path.join(config.dataDirectory, "spool"), before);
  const count = results.count + inputs.count;
  if (count === 0) return;
  log.info({ count, sizeBytes: results.sizeBytes + inputs.sizeBytes }, "removed files of killed processes");
}
