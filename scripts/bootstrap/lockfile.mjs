// @ts-check

/**
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, optionalDependencies?: Record<string, string>,
 *   cpu?: string[], os?: string[], libc?: string[] }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lockfile
 */

const OPERATING_SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const PROCESSORS = [
  "arm64",
  "arm",
  "x64",
  "ia32",
  "ppc64",
  "riscv64",
  "s390x",
  "loong64",
  "mips64el",
  "wasm32",
];
const EXACT_VERSION = /^\d+\.\d+\.\d+(?:[-+].+)?$/;

/**
 * Reads the platform from a package name such as `@next/swc-linux-x64-gnu`.
 * @param {string} name
 * @returns {{ cpu?: string[], libc?: string[], os?: string[] }} what npm needs to skip the package elsewhere
 */
export function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = OPERATING_SYSTEMS.find((candidate) => words.includes(candidate));
  const cpu = PROCESSORS.find((candidate) => words.includes(candidate));
  const libc = words.some((word) => word.startsWith("musl"))
    ? "musl"
    : words.some((word) => word.startsWith("gnu"))
      ? "glibc"
      : undefined;
  return { ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }), ...(os && { os: [os] }) };
}

/**
 * Finds the platform packages that no entry of the lockfile describes. npm leaves them out when the registry in use
 * cannot serve them, and `npm ci` then refuses the lockfile.
 * @param {Lockfile} lockfile
 * @returns {{ place: string, entry: LockedPackage }[]} the entries to add, by their place in node_modules
 */
export function missingEntries(lockfile) {
  const missing = new Map();
  for (const [dependent, locked] of Object.entries(lockfile.packages)) {
    for (const [name, version] of Object.entries(locked.optionalDependencies ?? {})) {
      const platform = platformOf(name);
      if (
        isLocked(lockfile, dependent, name) ||
        !EXACT_VERSION.test(version) ||
        (!platform.os && !platform.cpu)
      )
        continue;
      missing.set(`node_modules/${name}`, {
        version,
        ...(locked.dev && { dev: true }),
        optional: true,
        ...platform,
      });
    }
  }
  return [...missing].map(([place, entry]) => ({ place, entry }));
}

/**
 * Adds what is missing, in npm's own order of entries.
 * @param {Lockfile} lockfile
 * @returns {Lockfile}
 */
export function completeLockfile(lockfile) {
  const added = missingEntries(lockfile).map(({ place, entry }) => [place, entry]);
  const packages = { ...lockfile.packages, ...Object.fromEntries(added) };
  const places = Object.keys(packages).sort((a, b) => a.localeCompare(b, "en"));
  return { ...lockfile, packages: Object.fromEntries(places.map((place) => [place, packages[place]])) };
}

/**
 * @param {Lockfile} lockfile
 * @param {string} dependent where the dependent lies, "" for the project itself
 * @param {string} name
 */
function isLocked(lockfile, dependent, name) {
  for (let base = dependent; ; base = base.slice(0, Math.max(0, base.lastIndexOf("/node_modules/")))) {
    if (lockfile.packages[`${base ? `${base}/` : ""}node_modules/${name}`]) return true;
    if (base === "") return false;
  }
}
