// @ts-check
// Runs one throw-away PostgreSQL server for as long as its standard input stays open, then stops it and removes its
// files. Standard input closes however the test run ends, a hard kill included, so neither process nor folder stays.
// Usage: node postgres-server.mjs '<json of ServerPlan>'; prints {"port":…} or {"error":…} as one line. A line on its
// standard input stops the server, breaking every connection, and starts it again on the same port; then it prints the
// line again.
import { spawn, spawnSync } from "node:child_process";
import { chownSync, mkdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/**
 * @typedef {object} ServerPlan
 * @property {string} binDirectory
 * @property {string} workDirectory removed at the end, with everything in it
 * @property {{ uid: number, gid: number } | null} user
 */

const STOP_AFTER_MS = 5_000;
const ATTEMPTS = 3;

/** @type {ServerPlan} */
const plan = JSON.parse(process.argv[2] ?? "{}");
const dataDirectory = join(plan.workDirectory, "data");
const identity = plan.user ?? {};
/** @type {import("node:child_process").ChildProcess | undefined} */
let server;
let isStopping = false;

// An interrupt from the terminal reaches this process too; what counts is that the test run is over.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => {});
process.stdin.on("end", stop);
process.stdin.on("error", stop);
process.stdin.on("data", () => void restart());
process.stdin.resume();
let ownPort = 0;

try {
  initialise();
  ownPort = await startServer(ATTEMPTS);
  answer({ port: ownPort });
} catch (error) {
  answer({ error: error instanceof Error ? error.message : String(error) });
  stop();
}

function initialise() {
  mkdirSync(dataDirectory, { mode: 0o700 });
  if (plan.user) chownSync(dataDirectory, plan.user.uid, plan.user.gid);
  const args = [
    "-D",
    dataDirectory,
    "-U",
    "batchmark",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
  ];
  const result = spawnSync(join(plan.binDirectory, "initdb"), args, {
    ...identity,
    cwd: dataDirectory,
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`initdb failed: ${result.error?.message ?? result.stderr}`);
}

async function restart() {
  const stopped = new Promise((resolve) => server?.once("exit", resolve));
  server?.kill("SIGINT");
  await stopped;
  try {
    answer({ port: await startServer(ATTEMPTS, ownPort) });
  } catch (error) {
    answer({ error: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * @param {number} attempts another program may take the free port before the server does
 * @param {number} [wantedPort] any free one unless given
 * @returns {Promise<number>} the port
 */
async function startServer(attempts, wantedPort) {
  const port = wantedPort ?? (await findFreePort());
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    max_connections: "200",
    shared_buffers: "64MB",
    logging_collector: "off",
    // Small machines and containers have little shared memory; files in the data folder always work.
    dynamic_shared_memory_type: "mmap",
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const args = ["-D", dataDirectory, "-p", String(port), ...options];
  const child = spawn(join(plan.binDirectory, "postgres"), args, {
    ...identity,
    cwd: dataDirectory,
    stdio: ["ignore", "ignore", "pipe"],
  });
  server = child;
  let log = "";
  const isReady = await new Promise((resolve) => {
    child.stderr.on("data", (/** @type {Buffer} */ chunk) => {
      log = (log + chunk.toString()).slice(-4_000);
      if (log.includes("database system is ready to accept connections")) resolve(true);
    });
    child.on("error", () => resolve(false));
    child.on("exit", () => resolve(false));
  });
  if (isReady) return port;
  if (attempts > 1 && !isStopping) return startServer(attempts - 1, wantedPort);
  throw new Error(`PostgreSQL does not start: ${log}`);
}

/** @returns {Promise<number>} */
function findFreePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

function stop() {
  if (isStopping) return;
  isStopping = true;
  if (!server || server.exitCode !== null || server.signalCode !== null) return cleanUp();
  server.once("exit", cleanUp);
  server.kill("SIGINT");
  setTimeout(() => server?.kill("SIGQUIT"), STOP_AFTER_MS).unref();
  return undefined;
}

function cleanUp() {
  rmSync(plan.workDirectory, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
}

/** @param {{ port: number } | { error: string }} message */
function answer(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
