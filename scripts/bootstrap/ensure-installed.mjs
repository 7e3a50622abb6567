// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { missingEntries } from "./lockfile.mjs";
import { BootstrapError, PROJECT_DIR, childEnvironment, inProject, isPresent, say } from "./project.mjs";
import { runStep } from "./run-step.mjs";
import { withSetupLock } from "./setup-lock.mjs";

/** @typedef {import("./lockfile.mjs").Lockfile} Lockfile */

/** Installs the packages of the lockfile unless they are there already. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await withSetupLock(async () => {
    if (!isInstalled()) await install();
  });
}

async function install() {
  say(
    isPresent("node_modules")
      ? "installing the changed packages …"
      : "installing the packages (about a minute) …",
  );
  // `npm ci` refuses a lockfile without an entry for every platform; `npm install` works from the same versions.
  const isComplete = missingEntries(wantedLockfile()).length === 0;
  const { exitCode } = await runNpm(isComplete ? ["ci"] : ["install", "--no-save"]);
  if (exitCode === 0 && isInstalled()) return say("packages installed.");
  throw new BootstrapError(
    "the packages could not be installed; npm's own message stands above.\n" +
      "Check that this machine reaches the npm registry (`npm ping`; behind a proxy: `npm config set proxy …`),\n" +
      `that the disk is not full and that this folder is yours (${PROJECT_DIR}), then run the command again.`,
  );
}

/** Compares the lockfile with npm's own record of what lies in node_modules, which npm writes last. */
function isInstalled() {
  const present = readLockfile(inProject("node_modules", ".package-lock.json"));
  if (!present || !isPresent("node_modules/next/package.json")) return false;
  return Object.entries(wantedLockfile().packages).every(([place, locked]) => {
    if (place === "") return true;
    const version = present.packages[place]?.version;
    return version === undefined ? locked.optional === true : version === locked.version;
  });
}

/** @returns {Lockfile} */
function wantedLockfile() {
  const lockfile = readLockfile(inProject("package-lock.json"));
  if (lockfile) return lockfile;
  throw new BootstrapError(
    "package-lock.json is missing or broken. Get it back with `git checkout package-lock.json`.",
  );
}

/** @param {string} path @returns {Lockfile | undefined} */
function readLockfile(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {string[]} args */
function runNpm(args) {
  const npmScript = process.env["npm_execpath"];
  const isNpm = npmScript !== undefined && basename(npmScript) === "npm-cli.js" && existsSync(npmScript);
  // Development packages are needed to build, whatever NODE_ENV or npm's settings leave out by default.
  const flags = ["--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  return runStep({
    label: "installing",
    command: isNpm ? process.execPath : process.platform === "win32" ? "npm.cmd" : "npm",
    args: [...(isNpm ? [npmScript] : []), ...args, ...flags],
    env: childEnvironment(),
  });
}
