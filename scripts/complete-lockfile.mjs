// @ts-check
// Run after every change of dependencies: adds the platform packages that npm could not look up to package-lock.json.
import { readFileSync, writeFileSync } from "node:fs";
import { completeLockfile, missingEntries } from "./bootstrap/lockfile.mjs";
import { inProject, say } from "./bootstrap/project.mjs";

const path = inProject("package-lock.json");
const lockfile = JSON.parse(readFileSync(path, "utf8"));
const missing = missingEntries(lockfile);

if (missing.length > 0) writeFileSync(path, `${JSON.stringify(completeLockfile(lockfile), null, 2)}\n`);
say(`package-lock.json: ${missing.length} platform packages added.`);
