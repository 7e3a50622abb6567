import { messageOf } from "#lib/domain/errors.ts";
import { getServer } from "#lib/server-context.ts";

/** Opens the server's context at start. A start that cannot succeed ends the process with the reason in one line. */
export async function startServer(): Promise<void> {
  try {
    await getServer();
  } catch (error) {
    process.stderr.write(`\nBatchmark could not start. ${messageOf(error)}\n\n`);
    process.exit(1);
  }
}
