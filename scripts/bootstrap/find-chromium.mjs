// @ts-check
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { BootstrapError, childEnvironment, inProject, isPresent } from "./project.mjs";

const LOOK_TIMEOUT_MS = 30_000;
const VARIABLES = ["CHROMIUM_PATH", "PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH"];
const COMMAND_NAMES = [
  "google-chrome-stable",
  "google-chrome",
  "chrome",
  "chromium",
  "chromium-browser",
  "microsoft-edge",
];

/** Why: what the browser does on its own (updates, background traffic, QUIC) has no place in a test. */
const FLAGS = [
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @returns {string[]} the flags to start it with; its sandbox cannot run as root */
export function chromiumFlags() {
  return process.getuid?.() === 0 ? ["--no-sandbox", ...FLAGS] : FLAGS;
}

/**
 * Looks for a Chromium that runs: the one named by a variable, an installed one, Playwright's own download.
 * @returns {string | undefined} the path of its executable
 * @throws {BootstrapError} when a variable names one that does not run
 */
export function findChromium() {
  for (const variable of VARIABLES) {
    const path = process.env[variable];
    if (!path) continue;
    if (runs(path)) return path;
    throw new BootstrapError(
      `${variable} is ${path}, but no Chromium starts from there. Correct the variable or unset it.`,
    );
  }
  return [...installedPlaces(), downloadedByPlaywright()].find((path) => path !== undefined && runs(path));
}

/** @returns {string[]} */
function installedPlaces() {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = COMMAND_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  if (process.platform === "darwin") {
    return ["/Applications", join(homedir(), "Applications")].flatMap((folder) =>
      ["Google Chrome", "Chromium", "Microsoft Edge"].map(
        (name) => `${folder}/${name}.app/Contents/MacOS/${name}`,
      ),
    );
  }
  if (process.platform === "win32") {
    const roots = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].map(
      (name) => process.env[name] ?? "C:\\",
    );
    const ends = [
      "Google\\Chrome\\Application\\chrome.exe",
      "Chromium\\Application\\chrome.exe",
      "Microsoft\\Edge\\Application\\msedge.exe",
    ];
    return roots.flatMap((root) => ends.map((end) => join(root, end)));
  }
  return [...onPath, "/usr/lib/chromium/chromium", "/opt/google/chrome/chrome"];
}

/** @returns {string | undefined} */
export function downloadedByPlaywright() {
  if (!isPresent("node_modules/playwright-core")) return undefined;
  const require = createRequire(inProject("package.json"));
  return require("playwright-core").chromium.executablePath();
}

/**
 * Some systems put a script in the place of a browser which only says how to install one, so it is started once.
 * @param {string} path
 */
export function runs(path) {
  if (!existsSync(path)) return false;
  // On Windows `--version` opens a window and prints nothing.
  if (process.platform === "win32") return true;
  const args = process.getuid?.() === 0 ? ["--no-sandbox", "--version"] : ["--version"];
  const result = spawnSync(path, args, {
    env: childEnvironment(),
    timeout: LOOK_TIMEOUT_MS,
    encoding: "utf8",
  });
  return result.status === 0 && /\d+\.\d+/.test(result.stdout);
}
