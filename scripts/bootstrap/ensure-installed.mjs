// @ts-check
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { missingEntries } from "./lockfile.mjs";
import { BootstrapError, PROJECT_DIR, childEnvironment, inProject, isPresent, say } from "./project.mjs";
import { runStep } from "./run-step.mjs";
import { withSetupLock } from "./setup-lock.mjs";

const PROBE_TIMEOUT_MS = 60_000;

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
  const isOnline = reachesRegistry();
  if (!isOnline) say("the npm registry does not answer; trying with what npm has kept from earlier …");
  // `npm ci` refuses a lockfile without an entry for every platform; `npm install` works from the same versions.
  const isComplete = missingEntries(wantedLockfile()).length === 0;
  const { exitCode } = await runNpm([
    ...(isComplete ? ["ci"] : ["install", "--no-save"]),
    ...(isOnline ? [] : ["--offline"]),
  ]);
  if (exitCode === 0 && isInstalled()) return say("packages installed.");
  throw new BootstrapError(
    isOnline
      ? `the packages could not be installed; npm's own message stands above. Check that the disk is not full and that\n` +
          `${PROJECT_DIR} is yours, then run the command again.`
      : "the packages could not be installed, because the npm registry does not answer.\n" +
          "Check the network with `npm ping` (behind a proxy: `npm config set proxy http://…`), then run the command again.",
  );
}

/** Asks for one small package first: without a network npm would try every package for minutes before it gives up. */
function reachesRegistry() {
  const npm = npmCommand();
  const args = [
    ...npm.args,
    "view",
    "server-only",
    "version",
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=1000",
  ];
  const { status } = spawnSync(npm.command, args, {
    cwd: PROJECT_DIR,
    env: childEnvironment(),
    stdio: "ignore",
    timeout: PROBE_TIMEOUT_MS,
    shell: npm.needsShell,
  });
  return status === 0;
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
  const npm = npmCommand();
  // Development packages are needed to build, whatever NODE_ENV or npm's settings leave out by default.
  const flags = ["--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  return runStep({
    label: "installing",
    command: npm.command,
    args: [...npm.args, ...args, ...flags],
    env: childEnvironment(),
    shell: npm.needsShell,
  });
}

/** The npm that runs us, else the one on PATH; on Windows that one is a batch file, which only a shell can start. */
function npmCommand() {
  const script = process.env["npm_execpath"];
  if (script !== undefined && basename(script) === "npm-cli.js" && existsSync(script)) {
    return { command: process.execPath, args: [script], needsShell: false };
  }
  return { command: "npm", args: [], needsShell: process.platform === "win32" };
}
