import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { completeLockfile, missingEntries, platformOf } from "../../scripts/bootstrap/lockfile.mjs";

const lockfile = {
  packages: {
    "": {},
    "node_modules/builder": {
      version: "2.0.0",
      dev: true,
      optionalDependencies: {
        "builder-linux-x64-gnu": "2.0.0",
        "builder-darwin-arm64": "2.0.0",
        "builder-extras": "2.0.0",
      },
    },
    "node_modules/builder-linux-x64-gnu": { version: "2.0.0", optional: true },
  },
};

describe("the lockfile", () => {
  test("of this project describes the packages of every platform, so that `npm ci` accepts it", () => {
    const text = readFileSync(path.resolve(import.meta.dirname, "../../package-lock.json"), "utf8");
    expect(missingEntries(JSON.parse(text)).map(({ place }) => place)).toEqual([]);
  });

  test("lacks the platform packages that nothing in it describes", () => {
    expect(missingEntries(lockfile)).toEqual([
      {
        place: "node_modules/builder-darwin-arm64",
        entry: { version: "2.0.0", dev: true, optional: true, cpu: ["arm64"], os: ["darwin"] },
      },
    ]);
  });

  test("lacks nothing once it is completed, and keeps what it had", () => {
    const completed = completeLockfile(lockfile);
    expect(missingEntries(completed)).toEqual([]);
    expect(completed.packages).toMatchObject(lockfile.packages);
  });

  test.for([
    ["@next/swc-win32-x64-msvc", { os: ["win32"], cpu: ["x64"] }],
    ["@oxlint/binding-linux-arm64-musl", { os: ["linux"], cpu: ["arm64"], libc: ["musl"] }],
    ["@oxfmt/binding-linux-arm-gnueabihf", { os: ["linux"], cpu: ["arm"], libc: ["glibc"] }],
    ["@tailwindcss/oxide-wasm32-wasi", { cpu: ["wasm32"] }],
    ["fsevents", {}],
  ] as const)("reads the platform from the name %s", ([name, platform]) => {
    expect(platformOf(name)).toEqual(platform);
  });
});
