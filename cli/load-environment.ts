import { existsSync } from "node:fs";
import path from "node:path";

/**
 * Reads `.env` of each folder into the environment. What is set already wins, so the first folder wins over the next.
 * Before version 20.12 Node cannot read such files: then there is only what the shell has set.
 */
export function loadEnvironmentFiles(directories: string[]): void {
  for (const directory of new Set(directories)) {
    const file = path.join(directory, ".env");
    if (existsSync(file)) process.loadEnvFile?.(file);
  }
}
