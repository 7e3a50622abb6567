// @ts-check
import "./bootstrap/check-node-version.mjs";
import { ensureBuilt } from "./bootstrap/ensure-built.mjs";
import { ensureInstalled } from "./bootstrap/ensure-installed.mjs";
import { ensureNode } from "./bootstrap/ensure-node.mjs";
import { runMain, say } from "./bootstrap/project.mjs";

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt(await ensureNode());
  say("the build is up to date.");
  return 0;
});
