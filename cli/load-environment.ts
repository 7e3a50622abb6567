import { existsSync } from "node:fs";
import path from "node:path";
import { loadEnvFile } from "node:process";

/** Reads `.env` of each folder into the environment. What is set already wins, so the first folder wins over the next. */
export function loadEnvironmentFiles(directories: string[]): void {
  for (const directory of new Set(directories)) {
    const file = path.join(directory, ".env");
    if (existsSync(file)) loadEnvFile(file);
  }
}
