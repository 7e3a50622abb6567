// @ts-check
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, rmSync } from "node:fs";
import { BootstrapError, childEnvironment, inProject, say } from "./project.mjs";
import { runStep } from "./run-step.mjs";
import { withSetupLock } from "./setup-lock.mjs";

const LOOK_TIMEOUT_MS = 15_000;

/**
 * Finds the Node that the project runs on: the one of the npm package `node`, else this one when it is new enough.
 * @returns {Promise<string>} the path of the executable
 */
export async function ensureNode() {
  const wantedMajor = Number(readFileSync(inProject(".nvmrc"), "utf8"));
  const shipped = inProject(
    "node_modules",
    "node",
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  if (majorOf(shipped) === wantedMajor) return shipped;
  if (!existsSync(shipped)) {
    // npm can be told to run no install scripts; the binary is then fetched here.
    say(`fetching Node ${wantedMajor} …`);
    await withSetupLock(() => fetchShippedNode(shipped));
    if (majorOf(shipped) === wantedMajor) return shipped;
  }
  if (majorOf(process.execPath) >= wantedMajor) return process.execPath;
  throw new BootstrapError(
    `Batchmark runs on Node ${wantedMajor}, which its packages should bring along, but ${shipped} does not run here.\n` +
      "Delete the folder node_modules and run the command again,\n" +
      `or install Node ${wantedMajor} yourself (https://nodejs.org, or \`nvm install ${wantedMajor}\`) and run the command with it.`,
  );
}

/** @param {string} executable @returns {number} its major version, NaN when it does not run */
function majorOf(executable) {
  if (executable === process.execPath) return Number(process.versions.node.split(".")[0]);
  const result = spawnSync(executable, ["--version"], { encoding: "utf8", timeout: LOOK_TIMEOUT_MS });
  return result.status === 0 ? Number(/^v(\d+)\./.exec(result.stdout)?.[1]) : Number.NaN;
}

/** @param {string} shipped */
async function fetchShippedNode(shipped) {
  await runStep({
    label: "fetching Node",
    command: process.execPath,
    args: [inProject("node_modules", "node", "installArchSpecificPackage.js")],
    cwd: inProject("node_modules", "node"),
    env: childEnvironment(),
  });
  if (!existsSync(shipped) || process.platform === "win32") return;
  // npm links a package's command only when its file is there at install time.
  const link = inProject("node_modules", ".bin", "node");
  mkdirSync(inProject("node_modules", ".bin"), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync("../node/bin/node", link);
}
